CREATE TABLE item (id int PRIMARY KEY, name text, price numeric);
INSERT INTO item VALUES (1, 'pen', 1.50), (2, 'ink', NULL), (3, '', 12);
CREATE TABLE copied (id int PRIMARY KEY, name text);
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (parent int REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
CREATE FUNCTION warn(text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE WARNING ''careful: %'', $1; RETURN $1; END';
