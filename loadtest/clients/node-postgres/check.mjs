// node-postgres: its clients and pool, named statements, cursors and streams, COPY, notifications, cancelling by timeout.

import assert from 'node:assert/strict';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import pg from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import copy from 'pg-copy-streams';

let failures = 0;
const connectionString = process.env.DATABASE_URL;

async function check(name, action) {
    const client = new pg.Client({connectionString});
    try {
        await client.connect();
        await Promise.race([action(client), expiry(40)]);
        console.log('ok', name);
    } catch (failure) {
        failures++;
        console.log(`failed ${name}: ${failure.code ?? ''} ${String(failure.message).replaceAll('\n', '|')}`);
    } finally {
        await Promise.race([client.end().catch(() => {}), expiry(5).catch(() => {})]);
    }
}

function expiry(seconds) {
    return new Promise((_, reject) => {
        setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000).unref();
    });
}

const value = async (client, ...query) => Object.values((await client.query(...query)).rows[0])[0];
const numbers = count => Array.from({length: count}, (_, n) => n);

console.log('version', (await import('pg/package.json', {with: {type: 'json'}})).default.version);

await check('types in text', async client => {
    const at = new Date('2026-03-29T01:59:59.123Z');
    const values = [['int4', 42], ['int8', '9007199254740993'], ['numeric', '12345678901234567890.123'], ['text', "grüße 日本語 🐘 ' \\"],
        ['bool', true], ['bytea', Buffer.from(numbers(256))], ['timestamptz', at], ['jsonb', {a: [1, null, 'ü']}],
        ['uuid', '00112233-4455-6677-8899-aabbccddeeff'], ['int4[]', [1, null, 3]], ['text[]', ['a', 'b"c', 'd,e']], ['text', null]];
    for (const [type, expected] of values) {
        assert.deepEqual(await value(client, `SELECT $1::${type}`, [expected]), expected, type);
    }
});

await check('binary results', async client => {
    const result = await client.query({text: 'SELECT $1::int4, $2::text, $3::bool', values: [7, 'ü', true], binary: true});
    assert.deepEqual(Object.values(result.rows[0]), [7, 'ü', true]);
});

await check('several statements in one query', async client => {
    const results = await client.query('CREATE TABLE item (id int PRIMARY KEY, name text); INSERT INTO item VALUES (1); SELECT 5 AS n');
    assert.deepEqual(results.map(result => result.command), ['CREATE', 'INSERT', 'SELECT']);
    assert.deepEqual(results[2].rows, [{n: 5}]);
});

await check('named statements of six clients in turns', async () => {
    const clients = numbers(6).map(() => new pg.Client({connectionString}));
    await Promise.all(clients.map(client => client.connect()));
    for (const round of numbers(20)) {
        for (const [number, client] of clients.entries()) {
            const query = {name: 'same', text: `SELECT 'client ${number}' || $1::text AS t`, values: [` ${round}`]};
            assert.equal(await value(client, query), `client ${number} ${round}`);
        }
    }
    await Promise.all(clients.map(client => client.end()));
});

await check('queries of twelve clients at the same time', async () => {
    const clients = numbers(12).map(() => new pg.Client({connectionString}));
    await Promise.all(clients.map(client => client.connect()));
    await Promise.all(clients.map(async (client, number) => {
        for (const round of numbers(20)) {
            assert.equal(await value(client, {name: `s${round % 3}`, text: `SELECT $1::int + ${round % 3} AS n`, values: [number]}), number + round % 3);
        }
    }));
    await Promise.all(clients.map(client => client.end()));
});

await check('a statement is forgotten by DEALLOCATE', async client => {
    await client.query({name: 'mine', text: 'SELECT 1'});
    await client.query('DEALLOCATE mine');
    await assert.rejects(client.query({name: 'mine', text: 'SELECT 1'}), {code: '26000'});
});

await check('transactions, savepoints, errors', async client => {
    await client.query('BEGIN');
    await client.query('INSERT INTO item VALUES ($1, $2)', [10, 'kept']);
    await client.query('SAVEPOINT here');
    await assert.rejects(client.query('INSERT INTO item VALUES ($1)', [10]), {code: '23505', constraint: 'item_pkey', table: 'item'});
    await assert.rejects(client.query('SELECT 1'), {code: '25P02'});
    await client.query('ROLLBACK TO here');
    await client.query('COMMIT');
    assert.equal(await value(client, 'SELECT count(*) FROM item WHERE id = 10'), '1');
    await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY');
    await assert.rejects(client.query('INSERT INTO item VALUES (11)'), {code: '25006'});
    await client.query('ROLLBACK');
});

await check('errors, and what comes after them', async client => {
    await assert.rejects(client.query('SELEC 1'), {code: '42601', position: '1'});
    await assert.rejects(client.query('SELECT $1::int', ['x']), {code: '22P02'});
    await assert.rejects(client.query({name: 'bad', text: 'SELECT nonsense'}), {code: '42703'});
    await assert.rejects(client.query({name: 'bad', text: 'SELECT nonsense'}), {code: '42703'});
    assert.equal(await value(client, {name: 'bad', text: 'SELECT 5'}), 5);
});

await check('queries that are queued at once', async client => {
    const results = await Promise.allSettled(numbers(100).map(n => client.query('SELECT 10 / $1::int AS n', [n % 10])));
    assert.equal(results.filter(result => result.status === 'rejected').length, 10);
    assert.equal(results[5].value.rows[0].n, 2);
});

await check('cursors', async client => {
    await client.query('BEGIN');
    const cursor = client.query(new Cursor('SELECT generate_series(1, $1::int) AS n', [250]));
    assert.equal((await cursor.read(100)).length, 100);
    assert.equal((await cursor.read(100))[0].n, 101);
    await cursor.close();
    await client.query('COMMIT');
    const outside = client.query(new Cursor('SELECT generate_series(1, 20) AS n'));
    assert.equal((await outside.read(5)).length, 5);
    assert.equal((await outside.read(100)).length, 15);
    await outside.close();
    assert.equal(await value(client, 'SELECT 1'), 1);
});

await check('streams of rows', async client => {
    let sum = 0;
    for await (const row of client.query(new QueryStream('SELECT generate_series(1, 5000) AS n', [], {batchSize: 100}))) {
        sum += row.n;
    }
    assert.equal(sum, 12502500);
    const early = client.query(new QueryStream('SELECT generate_series(1, 5000) AS n'));
    for await (const row of early) {
        assert.equal(row.n, 1);
        break;
    }
    assert.equal(await value(client, 'SELECT 1'), 1);
});

await check('COPY in and out', async client => {
    await client.query('CREATE TABLE copied (id int, name text)');
    await pipeline(Readable.from(numbers(5000).map(n => `${n}\trow ${n}\n`)), client.query(copy.from('COPY copied FROM STDIN')));
    let size = 0;
    for await (const piece of client.query(copy.to('COPY copied TO STDOUT'))) {
        size += piece.toString().split('\n').length - 1;
    }
    assert.equal(size, 5000);
    await assert.rejects(pipeline(Readable.from(['x\ty\n']), client.query(copy.from('COPY copied FROM STDIN'))), {code: '22P02'});
    assert.equal(await value(client, 'SELECT count(*) FROM copied'), '5000');
});

await check('LISTEN and NOTIFY', async client => {
    const other = new pg.Client({connectionString});
    await other.connect();
    for (const round of numbers(10)) {
        await client.query('LISTEN news');
        const heard = new Promise(resolve => client.once('notification', resolve));
        await other.query(`NOTIFY news, 'hello ${round}'`);
        assert.equal((await Promise.race([heard, expiry(3)])).payload, `hello ${round}`);
        await client.query('UNLISTEN news');
    }
    await other.end();
});

await check('notices', async client => {
    const said = [];
    client.on('notice', notice => said.push(notice.message));
    await client.query("DO $$ BEGIN RAISE NOTICE 'hello'; END $$");
    assert.deepEqual(said, ['hello']);
});

await check('statement and lock timeouts of the connection', async () => {
    const client = new pg.Client({connectionString, statement_timeout: 200, lock_timeout: 100, idle_in_transaction_session_timeout: 60000, application_name: 'node check'});
    await client.connect();
    await assert.rejects(client.query('SELECT pg_sleep(20)'), {code: '57014'});
    assert.equal(await value(client, 'SHOW lock_timeout'), '100ms');
    assert.equal(await value(client, 'SHOW application_name'), 'node check');
    await client.end();
});

await check('cancelling from another connection', async client => {
    const sleeping = assert.rejects(client.query('SELECT pg_sleep(20)'), {code: '57014'});
    await new Promise(resolve => setTimeout(resolve, 300));
    const canceller = new pg.Client({connectionString});
    canceller.cancel(client, client._getActiveQuery());
    await sleeping;
    assert.equal(await value(client, 'SELECT 1'), 1);
});

await check('settings of six clients in turns', async () => {
    const clients = numbers(6).map(n => new pg.Client({connectionString, options: `-c search_path=tenant${n}`}));
    await Promise.all(clients.map(client => client.connect()));
    for (const [number, client] of clients.entries()) {
        await client.query(`CREATE SCHEMA tenant${number}; CREATE TABLE own AS SELECT ${number} AS n; SET app.tenant = '${number}'`);
    }
    for (const round of numbers(5)) {
        for (const [number, client] of clients.entries()) {
            assert.equal(await value(client, {name: 'own', text: 'SELECT n FROM own'}), number, `round ${round}`);
            assert.equal(await value(client, "SELECT current_setting('app.tenant')"), String(number));
        }
    }
    await Promise.all(clients.map(client => client.end()));
});

await check('its pool', async () => {
    const pool = new pg.Pool({connectionString, max: 8});
    const answers = await Promise.all(numbers(100).map(n => pool.query('SELECT $1::int AS n', [n])));
    assert.deepEqual(answers.map(answer => answer.rows[0].n), numbers(100));
    await Promise.all(numbers(10).map(async n => {
        const client = await pool.connect();
        try {
            await client.query('BEGIN');
            await client.query('INSERT INTO item VALUES ($1)', [1000 + n]);
            await client.query(n % 2 === 0 ? 'COMMIT' : 'ROLLBACK');
        } finally {
            client.release();
        }
    }));
    assert.equal(await value(pool, 'SELECT count(*) FROM item WHERE id >= 1000'), '5');
    await pool.end();
});

await check('a temporary table', async client => {
    await client.query('CREATE TEMP TABLE scratch AS SELECT 3 AS n');
    assert.equal(await value(client, 'SELECT n FROM scratch'), 3);
});

await check('large values', async client => {
    const text = 'ü'.repeat(5_000_000);
    assert.equal(await value(client, 'SELECT $1::text', [text]), text);
});

console.log('done');
process.exit(failures > 0 ? 1 : 0);
