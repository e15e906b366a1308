/// Programs that use PostgreSQL as applications do, each with a driver of its own, and what they find.
///
/// A client is a folder of `loadtest/clients`. Its lock file says which language it is written in, and with that how
/// it is installed, built and run. It finds the server by `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD` and `PGDATABASE`,
/// or all of it in `DATABASE_URL`, and tells what it does line by line:
///
/// ```text
/// version psycopg 3.2.10       the driver, once
/// ok copy out                  a check that held
/// failed copy in: got 2 rows   a check that did not
/// missing pg_dump 18           it cannot run here; nothing follows
/// done                         it has come to its end
/// ```
///
/// All other lines are its own business, and are shown when it ends without `done`.
@NullMarked
package dev.pgbraid.loadtest.clients;

import org.jspecify.annotations.NullMarked;
