-- What a shard needs besides its database: the user whose statements the proxy relays.
\getenv password SHOP_PASSWORD
CREATE ROLE shop LOGIN PASSWORD :'password';
ALTER DATABASE shop OWNER TO shop;
