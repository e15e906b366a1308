-- The shop of the demo. A statement ends by a semicolon and an empty line.
-- Everything that belongs to a user has the user's number in its key, so that it can be sharded by it.

SET SESSION AUTHORIZATION shop;

CREATE TABLE countries (
    code char(2) PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE products (
    id int PRIMARY KEY,
    name text NOT NULL,
    price numeric(10, 2) NOT NULL CHECK (price > 0),
    stock int NOT NULL CHECK (stock >= 0)
);

CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL,
    country char(2) NOT NULL REFERENCES countries,
    joined date NOT NULL
);

CREATE TABLE orders (
    user_id bigint REFERENCES users,
    id bigint,
    status text NOT NULL CHECK (status IN ('open', 'paid', 'shipped', 'returned')),
    ordered timestamptz NOT NULL,
    PRIMARY KEY (user_id, id)
);

CREATE TABLE order_items (
    user_id bigint,
    order_id bigint,
    line int,
    product_id int NOT NULL REFERENCES products,
    quantity int NOT NULL CHECK (quantity > 0),
    price numeric(10, 2) NOT NULL,
    PRIMARY KEY (user_id, order_id, line),
    FOREIGN KEY (user_id, order_id) REFERENCES orders ON DELETE CASCADE
);

INSERT INTO countries VALUES
    ('AR', 'Argentina'), ('AT', 'Austria'), ('AU', 'Australia'), ('BE', 'Belgium'), ('BR', 'Brazil'),
    ('CA', 'Canada'), ('CH', 'Switzerland'), ('CZ', 'Czechia'), ('DE', 'Germany'), ('DK', 'Denmark'),
    ('ES', 'Spain'), ('FI', 'Finland'), ('FR', 'France'), ('GB', 'United Kingdom'), ('GR', 'Greece'),
    ('IE', 'Ireland'), ('IN', 'India'), ('IT', 'Italy'), ('JP', 'Japan'), ('KE', 'Kenya'),
    ('MX', 'Mexico'), ('NL', 'Netherlands'), ('NO', 'Norway'), ('NZ', 'New Zealand'), ('PL', 'Poland'),
    ('PT', 'Portugal'), ('SE', 'Sweden'), ('TR', 'Türkiye'), ('US', 'United States'), ('ZA', 'South Africa');

-- A number that looks like chance and is the same every time: what = 'users.name', of = the user.
CREATE FUNCTION pg_temp.pick(what text, of bigint, choices bigint) RETURNS int
LANGUAGE sql IMMUTABLE
RETURN (hashtextextended(what, of) & 9223372036854775807) % choices;

INSERT INTO products
SELECT id,
       quality || ' ' || material || ' ' || thing,
       5 + pg_temp.pick('products.price', id, 19500) / 100.0,
       pg_temp.pick('products.stock', id, 500)
FROM (
    SELECT row_number() OVER (ORDER BY hashtext(quality || material || thing), quality, material, thing) AS id, *
    FROM unnest(ARRAY['Plain', 'Fine', 'Sturdy', 'Light']) AS quality,
         unnest(ARRAY['oak', 'linen', 'steel', 'cork', 'wool']) AS material,
         unnest(ARRAY['chair', 'lamp', 'basket', 'shelf', 'clock', 'tray', 'stool', 'frame', 'box', 'mirror']) AS thing
) AS every_product;

INSERT INTO users
SELECT id,
       first_name || ' ' || last_name,
       lower(first_name || '.' || last_name) || id || '@example.com',
       (SELECT code FROM countries ORDER BY code OFFSET pg_temp.pick('users.country', id, 30) LIMIT 1),
       date '2021-01-01' + pg_temp.pick('users.joined', id, 1400)
FROM (
    SELECT id,
           (ARRAY['Ada', 'Amir', 'Anna', 'Ben', 'Carla', 'Chidi', 'Clara', 'David', 'Elena', 'Emil', 'Fatima', 'Finn',
                  'Grace', 'Hana', 'Hugo', 'Ines', 'Ivan', 'Jonas', 'Kofi', 'Laura', 'Leila', 'Liam', 'Lucia', 'Marta',
                  'Mei', 'Milan', 'Nadia', 'Nora', 'Omar', 'Pablo', 'Priya', 'Rosa', 'Samir', 'Sofia', 'Tariq', 'Tom',
                  'Uma', 'Vera', 'Yuki', 'Zoe'])[1 + pg_temp.pick('users.first', id, 40)] AS first_name,
           (ARRAY['Adeyemi', 'Andersen', 'Bauer', 'Becker', 'Berg', 'Brown', 'Costa', 'Dubois', 'Eriksen', 'Ferrari',
                  'Fischer', 'Garcia', 'Haddad', 'Hansen', 'Ito', 'Jansen', 'Kaya', 'Keller', 'Khan', 'Kim', 'Kovacs',
                  'Lopez', 'Martin', 'Meyer', 'Moreau', 'Mwangi', 'Nielsen', 'Novak', 'Okafor', 'Patel', 'Petrov',
                  'Rossi', 'Santos', 'Schmidt', 'Silva', 'Smith', 'Tanaka', 'Virtanen', 'Weber', 'Yilmaz'])
               [1 + pg_temp.pick('users.last', id, 40)] AS last_name
    FROM generate_series(1, 1000) AS id
) AS everybody;

INSERT INTO orders
SELECT user_id,
       id,
       (ARRAY['open', 'paid', 'shipped', 'shipped', 'shipped', 'returned'])[1 + pg_temp.pick('orders.status', id, 6)],
       timestamptz '2025-01-01 00:00Z' + pg_temp.pick('orders.ordered', id, 31536000) * interval '1 second'
FROM (
    SELECT id, 1 + pg_temp.pick('orders.user', id, 1000) AS user_id FROM generate_series(1, 3000) AS id
) AS every_order;

INSERT INTO order_items
SELECT orders.user_id,
       orders.id,
       line,
       products.id,
       1 + pg_temp.pick('items.quantity', orders.id * 10 + line, 5),
       products.price
FROM orders,
     generate_series(1, 1 + pg_temp.pick('orders.items', orders.id, 4)) AS line,
     LATERAL (SELECT 1 + pg_temp.pick('items.product', orders.id * 10 + line, 200) AS product_id) AS chosen
     JOIN products ON products.id = product_id;

CREATE INDEX ON orders (ordered);

CREATE INDEX ON users (country);

RESET SESSION AUTHORIZATION;

ANALYZE;

