/// Password logins as pure code: both sides of SCRAM-SHA-256, with and without channel binding, and MD5.
///
/// ```text
/// client                                             server
///   AuthenticationSASL            <----------------    ScramMechanism.offer
///   ScramClient.clientFirst       ---------------->    ScramServer.challenge
///   ScramClient.clientFinal       <----------------
///                                 ---------------->    ScramServer.finish
///   ScramClient.verify            <----------------    Accepted.serverFinal
/// ```
@NullMarked
package dev.pgbraid.protocol.auth;

import org.jspecify.annotations.NullMarked;
