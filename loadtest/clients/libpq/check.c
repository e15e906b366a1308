/* libpq's own ways: pipelines, single rows and chunks, binary values, cancelling, COPY, notifications. */
#include <libpq-fe.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

/* Says that a check held, or why it did not. */
static void check(bool holds, const char *name, const char *reason, ...)
{
    if (holds) {
        printf("ok %s\n", name);
        return;
    }
    failures++;
    char text[1000];
    va_list values;
    va_start(values, reason);
    vsnprintf(text, sizeof text, reason, values);
    va_end(values);
    for (char *c = text; *c != '\0'; c++) {
        if (*c == '\n') {
            *c = '|';
        }
    }
    printf("failed %s: %s\n", name, text);
}

static PGconn *connect_once(void)
{
    PGconn *connection = PQconnectdb("");
    if (PQstatus(connection) != CONNECTION_OK) {
        printf("failed connecting: %s", PQerrorMessage(connection));
        exit(1);
    }
    return connection;
}

static void run(PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        printf("failed %s: %s\n", sql, PQerrorMessage(connection));
        failures++;
    }
    PQclear(result);
}

/* The only value of a result, which is freed at the next call. */
static const char *value(PGconn *connection, const char *sql)
{
    static char text[1000];
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1) {
        snprintf(text, sizeof text, "%s", PQgetvalue(result, 0, 0));
    } else {
        snprintf(text, sizeof text, "no value: %s", PQerrorMessage(connection));
    }
    PQclear(result);
    return text;
}

/* Takes one result of a pipeline, with the NULL behind it, and says whether it is as expected. */
static bool takes(PGconn *connection, ExecStatusType expected, const char *first)
{
    PGresult *result = PQgetResult(connection);
    ExecStatusType status = PQresultStatus(result);
    bool holds = status == expected;
    if (holds && first != NULL) {
        holds = PQntuples(result) == 1 && strcmp(PQgetvalue(result, 0, 0), first) == 0;
    }
    if (!holds) {
        printf("got %s with %s: %s\n", PQresStatus(status),
               PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "no row", PQresultErrorMessage(result));
    }
    PQclear(result);
    if (status != PGRES_PIPELINE_SYNC) {
        PGresult *end = PQgetResult(connection);
        holds = holds && end == NULL;
        PQclear(end);
    }
    return holds;
}

static void send(PGconn *connection, const char *sql, const char *parameter)
{
    const char *values[] = {parameter};
    if (PQsendQueryParams(connection, sql, parameter == NULL ? 0 : 1, NULL, values, NULL, NULL, 0) != 1) {
        printf("failed sending: %s\n", PQerrorMessage(connection));
        failures++;
    }
}

static bool enters(PGconn *connection)
{
    return PQenterPipelineMode(connection) == 1;
}

static void check_groups(PGconn *connection)
{
    check(enters(connection), "enters pipeline mode", "%s", PQerrorMessage(connection));
    send(connection, "SELECT $1::int + 1", "1");
    send(connection, "SELECT $1::text", "two");
    PQpipelineSync(connection);
    send(connection, "SELECT 1 / $1::int", "0");
    send(connection, "SELECT 'skipped'", NULL);
    PQpipelineSync(connection);
    send(connection, "SELECT 'after'", NULL);
    PQpipelineSync(connection);
    bool holds = takes(connection, PGRES_TUPLES_OK, "2") && takes(connection, PGRES_TUPLES_OK, "two")
                 && takes(connection, PGRES_PIPELINE_SYNC, NULL);
    check(holds, "a pipeline of two", "%s", PQerrorMessage(connection));
    holds = takes(connection, PGRES_FATAL_ERROR, NULL) && takes(connection, PGRES_PIPELINE_ABORTED, NULL)
            && takes(connection, PGRES_PIPELINE_SYNC, NULL);
    check(holds, "an error skips the rest up to the sync", "%s", PQerrorMessage(connection));
    holds = takes(connection, PGRES_TUPLES_OK, "after") && takes(connection, PGRES_PIPELINE_SYNC, NULL);
    check(holds, "what follows the sync runs", "%s", PQerrorMessage(connection));
    check(PQexitPipelineMode(connection) == 1, "leaves pipeline mode", "%s", PQerrorMessage(connection));
}

/* A group without BEGIN is one transaction. */
static void check_implicit_transaction(PGconn *connection)
{
    enters(connection);
    send(connection, "INSERT INTO log VALUES ($1)", "1");
    send(connection, "INSERT INTO log VALUES ($1)", "not a number");
    PQpipelineSync(connection);
    send(connection, "SELECT count(*) FROM log", NULL);
    PQpipelineSync(connection);
    bool holds = takes(connection, PGRES_COMMAND_OK, NULL) && takes(connection, PGRES_FATAL_ERROR, NULL)
                 && takes(connection, PGRES_PIPELINE_SYNC, NULL) && takes(connection, PGRES_TUPLES_OK, "0")
                 && takes(connection, PGRES_PIPELINE_SYNC, NULL);
    check(holds, "a pipeline is one transaction", "%s", PQerrorMessage(connection));
}

static void check_life_of_a_statement(PGconn *connection)
{
    const char *values[] = {"20"};
    enters(connection);
    PQsendPrepare(connection, "twice", "SELECT $1::int * 2", 0, NULL);
    PQsendQueryPrepared(connection, "twice", 1, values, NULL, NULL, 0);
    PQsendDescribePrepared(connection, "twice");
    send(connection, "DEALLOCATE twice", NULL);
    PQsendQueryPrepared(connection, "twice", 1, values, NULL, NULL, 0);
    PQpipelineSync(connection);
    bool holds = takes(connection, PGRES_COMMAND_OK, NULL) && takes(connection, PGRES_TUPLES_OK, "40")
                 && takes(connection, PGRES_COMMAND_OK, NULL) && takes(connection, PGRES_COMMAND_OK, NULL)
                 && takes(connection, PGRES_FATAL_ERROR, NULL) && takes(connection, PGRES_PIPELINE_SYNC, NULL);
    check(holds, "prepares, uses and deallocates in one pipeline", "%s", PQerrorMessage(connection));
}

/* A request to flush brings answers without a sync. */
static void check_flush(PGconn *connection)
{
    enters(connection);
    send(connection, "SELECT 'flushed'", NULL);
    PQsendFlushRequest(connection);
    PQflush(connection);
    bool holds = takes(connection, PGRES_TUPLES_OK, "flushed");
    PQpipelineSync(connection);
    holds = holds && takes(connection, PGRES_PIPELINE_SYNC, NULL);
    check(holds, "a flush brings answers", "%s", PQerrorMessage(connection));
}

static void check_long_pipeline(PGconn *connection)
{
    enters(connection);
    int sent = 0;
    while (sent < 2000) {
        char number[20];
        snprintf(number, sizeof number, "%d", sent++);
        send(connection, "SELECT $1::int", number);
    }
    PQpipelineSync(connection);
    int received = 0;
    while (received < sent) {
        char number[20];
        snprintf(number, sizeof number, "%d", received);
        if (!takes(connection, PGRES_TUPLES_OK, number)) {
            break;
        }
        received++;
    }
    bool holds = received == sent && takes(connection, PGRES_PIPELINE_SYNC, NULL);
    check(holds, "a pipeline of 2000", "%d answers: %s", received, PQerrorMessage(connection));
}

static void check_results(PGconn *connection)
{
    PQsendQuery(connection, "SELECT n FROM generate_series(1, 5000) n");
    PQsetSingleRowMode(connection);
    int rows = 0;
    PGresult *result;
    while ((result = PQgetResult(connection)) != NULL) {
        rows += PQresultStatus(result) == PGRES_SINGLE_TUPLE;
        PQclear(result);
    }
    check(rows == 5000, "single rows", "%d rows", rows);

    const char *values[] = {"\x00\x00\x00\x2a", "text", "\x00\x01\x02"};
    int lengths[] = {4, 4, 3};
    int formats[] = {1, 0, 1};
    Oid types[] = {23, 25, 17};
    result = PQexecParams(connection, "SELECT $1, $2, $3, NULL::int", 3, types, values, lengths, formats, 1);
    bool holds = PQresultStatus(result) == PGRES_TUPLES_OK && PQfformat(result, 0) == 1
                 && memcmp(PQgetvalue(result, 0, 0), "\x00\x00\x00\x2a", 4) == 0 && PQgetlength(result, 0, 2) == 3
                 && memcmp(PQgetvalue(result, 0, 2), "\x00\x01\x02", 3) == 0 && PQgetisnull(result, 0, 3);
    check(holds, "binary values both ways", "%s", PQerrorMessage(connection));
    PQclear(result);

    result = PQprepare(connection, "described", "SELECT $1::numeric AS n, $2::uuid AS u", 0, NULL);
    PQclear(result);
    result = PQdescribePrepared(connection, "described");
    holds = PQnparams(result) == 2 && PQparamtype(result, 0) == 1700 && PQparamtype(result, 1) == 2950
            && PQnfields(result) == 2 && strcmp(PQfname(result, 1), "u") == 0;
    check(holds, "describes a statement", "%s", PQerrorMessage(connection));
    PQclear(result);

    result = PQexec(connection, "SELECT 1; SELECT 2; SELECT 1/0; SELECT 3");
    holds = PQresultStatus(result) == PGRES_FATAL_ERROR
            && strcmp(PQresultErrorField(result, PG_DIAG_SQLSTATE), "22012") == 0;
    check(holds, "an error within several statements", "%s", PQerrorMessage(connection));
    PQclear(result);
    result = PQexec(connection, "");
    check(PQresultStatus(result) == PGRES_EMPTY_QUERY, "an empty query", "%s", PQerrorMessage(connection));
    PQclear(result);
    result = PQexec(connection, "INSERT INTO log VALUES ('x')");
    holds = strcmp(PQresultErrorField(result, PG_DIAG_SQLSTATE), "22P02") == 0
            && PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION) != NULL;
    check(holds, "the fields of an error", "%s", PQerrorMessage(connection));
    PQclear(result);
    run(connection, "BEGIN");
    check(PQtransactionStatus(connection) == PQTRANS_INTRANS, "in a transaction", "%d", PQtransactionStatus(connection));
    PQclear(PQexec(connection, "SELECT 1/0"));
    check(PQtransactionStatus(connection) == PQTRANS_INERROR, "in a failed one", "%d", PQtransactionStatus(connection));
    run(connection, "ROLLBACK");
    check(PQtransactionStatus(connection) == PQTRANS_IDLE, "in none", "%d", PQtransactionStatus(connection));
}

static void check_copy(PGconn *connection)
{
    PGresult *result = PQexec(connection, "COPY log FROM STDIN");
    bool holds = PQresultStatus(result) == PGRES_COPY_IN;
    PQclear(result);
    for (int n = 0; n < 10000 && holds; n++) {
        char line[20];
        int length = snprintf(line, sizeof line, "%d\n", n);
        holds = PQputCopyData(connection, line, length) == 1;
    }
    holds = holds && PQputCopyEnd(connection, NULL) == 1;
    result = PQgetResult(connection);
    holds = holds && strcmp(PQcmdTuples(result), "10000") == 0;
    check(holds, "COPY in", "%s", PQerrorMessage(connection));
    PQclear(result);
    PQclear(PQgetResult(connection));

    result = PQexec(connection, "COPY log TO STDOUT");
    PQclear(result);
    char *line;
    int lines = 0;
    while (PQgetCopyData(connection, &line, 0) > 0) {
        lines++;
        PQfreemem(line);
    }
    check(lines == 10000, "COPY out", "%d lines: %s", lines, PQerrorMessage(connection));
    PQclear(PQgetResult(connection));
    PQclear(PQgetResult(connection));

    PQclear(PQexec(connection, "COPY log FROM STDIN"));
    PQputCopyEnd(connection, "changed my mind");
    result = PQgetResult(connection);
    check(strstr(PQresultErrorMessage(result), "changed my mind") != NULL, "gives up a COPY in", "%s",
          PQerrorMessage(connection));
    PQclear(result);
    PQclear(PQgetResult(connection));
    check(strcmp(value(connection, "SELECT count(*) FROM log"), "10000") == 0, "goes on after it", "%s",
          PQerrorMessage(connection));
}

static void check_notifications(PGconn *connection, PGconn *other)
{
    run(connection, "LISTEN news");
    run(other, "NOTIFY news, 'first'");
    PGnotify *note = NULL;
    for (int attempt = 0; note == NULL && attempt < 50; attempt++) {
        struct pollfd socket = {PQsocket(connection), POLLIN, 0};
        poll(&socket, 1, 100);
        PQconsumeInput(connection);
        note = PQnotifies(connection);
    }
    check(note != NULL && strcmp(note->extra, "first") == 0, "a notification while idle", "%s",
          note == NULL ? "none" : note->extra);
    PQfreemem(note);
    run(connection, "UNLISTEN *");
}

static void check_cancel(PGconn *connection)
{
    char error[256] = "";
    PQsendQuery(connection, "SELECT pg_sleep(30)");
    struct pollfd socket = {PQsocket(connection), POLLIN, 0};
    poll(&socket, 1, 300);
    PGcancel *cancel = PQgetCancel(connection);
    check(PQcancel(cancel, error, sizeof error) == 1, "sends a cancel request", "%s", error);
    PQfreeCancel(cancel);
    PGresult *result = PQgetResult(connection);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    check(state != NULL && strcmp(state, "57014") == 0, "cancels", "%s", PQerrorMessage(connection));
    PQclear(result);
    PQclear(PQgetResult(connection));
    check(strcmp(value(connection, "SELECT 'alive'"), "alive") == 0, "lives on", "%s", PQerrorMessage(connection));
}

/* More connections than the pool has, in turns, all with a statement of the same name and another text. */
static void check_turns(void)
{
    enum { CONNECTIONS = 6 };
    PGconn *connections[CONNECTIONS];
    bool holds = true;
    for (int i = 0; i < CONNECTIONS; i++) {
        connections[i] = connect_once();
        char sql[200];
        snprintf(sql, sizeof sql, "SELECT 'client %d', $1::int", i);
        PQclear(PQprepare(connections[i], "same", sql, 0, NULL));
        snprintf(sql, sizeof sql, "SET application_name = 'client %d'", i);
        run(connections[i], sql);
    }
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < CONNECTIONS; i++) {
            const char *values[] = {"7"};
            char expected[20];
            snprintf(expected, sizeof expected, "client %d", i);
            PGresult *result = PQexecPrepared(connections[i], "same", 1, values, NULL, NULL, round % 2);
            if (PQntuples(result) != 1 || strcmp(PQgetvalue(result, 0, 0), expected) != 0) {
                printf("connection %d: %s\n", i, PQerrorMessage(connections[i]));
                holds = false;
            }
            PQclear(result);
            if (strcmp(value(connections[i], "SHOW application_name"), expected) != 0
                || strcmp(PQparameterStatus(connections[i], "application_name"), expected) != 0) {
                printf("connection %d has the setting of another\n", i);
                holds = false;
            }
        }
    }
    check(holds, "six connections in turns", "see above");
    for (int i = 0; i < CONNECTIONS; i++) {
        PQfinish(connections[i]);
    }
}

/* Runs a check whose failure may leave a connection in any state. */
static void with_connection(void (*checks)(PGconn *))
{
    PGconn *connection = connect_once();
    checks(connection);
    PQfinish(connection);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    int library = PQlibVersion();
    printf("version %d.%d\n", library / 10000, library % 10000);
    PGconn *connection = connect_once();
    PGconn *other = connect_once();
    run(connection, "CREATE TABLE log (n int)");
    with_connection(check_groups);
    with_connection(check_implicit_transaction);
    with_connection(check_life_of_a_statement);
    with_connection(check_flush);
    with_connection(check_long_pipeline);
    check_results(connection);
    check_copy(connection);
    check_notifications(connection, other);
    check_cancel(connection);
    PQfinish(connection);
    PQfinish(other);
    check_turns();
    puts("done");
    return failures > 0;
}
