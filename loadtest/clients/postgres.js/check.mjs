// postgres.js: pipelines by default, prepares everything, fetches types, cursors, COPY, notifications, cancelling.

import assert from 'node:assert/strict';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {readFileSync} from 'node:fs';
import postgres from 'postgres';

let failures = 0;

async function check(name, action, options = {}) {
    const sql = postgres(process.env.DATABASE_URL, {max: 6, onnotice: () => {}, connect_timeout: 10, ...options});
    try {
        await Promise.race([action(sql), expiry(40)]);
        console.log('ok', name);
    } catch (failure) {
        failures++;
        console.log(`failed ${name}: ${failure.code ?? ''} ${String(failure.message).replaceAll('\n', '|')}`);
    } finally {
        await sql.end({timeout: 2});
    }
}

function expiry(seconds) {
    return new Promise((_, reject) => {
        setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000).unref();
    });
}

const numbers = count => Array.from({length: count}, (_, n) => n);

console.log('version', JSON.parse(readFileSync('node_modules/postgres/package.json', 'utf8')).version);

await check('types', async sql => {
    const at = new Date('2026-03-29T01:59:59.123Z');
    const [row] = await sql`SELECT ${42}::int AS i, ${'9007199254740993'}::int8 AS l, ${"grüße 🐘 ' \\"}::text AS t, ${true}::bool AS b,
        ${Buffer.from(numbers(256))}::bytea AS d, ${at}::timestamptz AS at, ${sql.json({a: [1, null]})}::jsonb AS j,
        ${[1, 2, 3]}::int[] AS a, ${null}::text AS n, ${'00112233-4455-6677-8899-aabbccddeeff'}::uuid AS u`;
    assert.deepEqual({...row}, {i: 42, l: '9007199254740993', t: "grüße 🐘 ' \\", b: true, d: Buffer.from(numbers(256)), at,
        j: {a: [1, null]}, a: [1, 2, 3], n: null, u: '00112233-4455-6677-8899-aabbccddeeff'});
});

await check('several statements, by the simple protocol', async sql => {
    await sql.unsafe('CREATE TABLE item (id int PRIMARY KEY, name text); INSERT INTO item VALUES (1, \'a\')');
    const results = await sql`SELECT 1 AS a; SELECT 2 AS b`.simple();
    assert.deepEqual([results[0][0].a, results[1][0].b], [1, 2]);
});

await check('many statements at once over few connections', async sql => {
    const answers = await Promise.all(numbers(300).map(n => sql`SELECT ${n}::int AS n`));
    assert.deepEqual(answers.map(([row]) => row.n), numbers(300));
});

await check('different statements at once', async sql => {
    const answers = await Promise.all(numbers(200).map(n => sql.unsafe(`SELECT $1::int + ${n % 20} AS n`, [n], {prepare: true})));
    assert.deepEqual(answers.map(([row]) => row.n), numbers(200).map(n => n + n % 20));
});

await check('errors among statements that are sent at once', async sql => {
    const results = await Promise.allSettled(numbers(100).map(n => sql`SELECT 10 / ${n % 10}::int AS n`));
    assert.equal(results.filter(result => result.status === 'rejected' && result.reason.code === '22012').length, 10);
    assert.equal(results.filter(result => result.status === 'fulfilled').length, 90);
}, {max: 2});

await check('without prepared statements', async sql => {
    const answers = await Promise.all(numbers(50).map(n => sql`SELECT ${n}::int AS n`));
    assert.deepEqual(answers.map(([row]) => row.n), numbers(50));
}, {prepare: false});

await check('transactions and savepoints', async sql => {
    await sql.begin(async sql => {
        await sql`INSERT INTO item VALUES (10, 'kept')`;
        await sql.savepoint(sql => sql`INSERT INTO item VALUES (10, 'twice')`).catch(failure => assert.equal(failure.code, '23505'));
    });
    await assert.rejects(sql.begin(async sql => {
        await sql`INSERT INTO item VALUES (11)`;
        throw new Error('changed my mind');
    }), /changed my mind/);
    await sql.begin('isolation level serializable read only', async sql => {
        assert.equal((await sql`SHOW transaction_isolation`)[0].transaction_isolation, 'serializable');
    });
    assert.deepEqual((await sql`SELECT id FROM item WHERE id >= 10`).map(row => row.id), [10]);
});

await check('transactions whose statements are pipelined', async sql => {
    await sql.begin(sql => numbers(20).map(n => sql`INSERT INTO item VALUES (${100 + n})`));
    await assert.rejects(sql.begin(sql => [sql`INSERT INTO item VALUES (200)`, sql`INSERT INTO item VALUES (100)`]), {code: '23505'});
    assert.equal((await sql`SELECT count(*)::int AS n FROM item WHERE id >= 100`)[0].n, 20);
});

await check('twelve transactions at the same time', async sql => {
    await Promise.all(numbers(12).map(n => sql.begin(async sql => {
        assert.equal((await sql`SELECT set_config('app.number', ${String(n)}, true) AS v`)[0].v, String(n));
        assert.equal((await sql`SELECT current_setting('app.number') AS v`)[0].v, String(n));
    })));
}, {max: 12});

await check('cursors', async sql => {
    let sum = 0;
    await sql`SELECT generate_series(1, 500) AS n`.cursor(7, rows => rows.forEach(row => sum += row.n));
    assert.equal(sum, 125250);
    for await (const [row] of sql`SELECT generate_series(1, 500) AS n`.cursor()) {
        if (row.n === 3) {
            break;
        }
    }
    await sql`SELECT generate_series(1, 500) AS n`.cursor(10, () => sql.CLOSE);
    assert.equal((await sql`SELECT 1 AS n`)[0].n, 1);
});

await check('row by row', async sql => {
    let count = 0;
    await sql`SELECT generate_series(1, 5000)`.forEach(() => count++);
    assert.equal(count, 5000);
});

await check('COPY in and out', async sql => {
    await sql`CREATE TABLE copied (id int, name text)`;
    await pipeline(Readable.from(numbers(3000).map(n => `${n}\trow ${n}\n`)), await sql`COPY copied FROM STDIN`.writable());
    let lines = 0;
    for await (const piece of await sql`COPY copied TO STDOUT`.readable()) {
        lines += piece.toString().split('\n').length - 1;
    }
    assert.equal(lines, 3000);
});

await check('LISTEN and NOTIFY', async sql => {
    const heard = [];
    await sql.listen('news', payload => heard.push(payload));
    for (const n of numbers(5)) {
        await sql.notify('news', String(n));
    }
    for (let waited = 0; heard.length < 5 && waited < 30; waited++) {
        await new Promise(resolve => setTimeout(resolve, 100));
    }
    assert.deepEqual(heard, ['0', '1', '2', '3', '4']);
});

await check('cancelling', async sql => {
    const sleeping = sql`SELECT pg_sleep(20)`.execute();
    setTimeout(() => sleeping.cancel(), 300);
    await assert.rejects(sleeping, {code: '57014'});
    assert.equal((await sql`SELECT 1 AS n`)[0].n, 1);
});

await check('settings of the connection', async sql => {
    const rows = await Promise.all(numbers(30).map(() => sql`SELECT current_setting('application_name') AS a, current_setting('search_path') AS s, current_setting('TimeZone') AS z`));
    rows.forEach(([row]) => assert.deepEqual({...row}, {a: 'js check', s: 'somewhere', z: 'Asia/Tokyo'}));
}, {connection: {application_name: 'js check', search_path: 'somewhere', TimeZone: 'Asia/Tokyo'}});

await check('describes a statement', async sql => {
    const described = await sql`SELECT ${1}::int AS a, 'x'::text AS b`.describe();
    assert.deepEqual(described.columns.map(column => column.name), ['a', 'b']);
});

await check('a reserved connection with a temporary table', async sql => {
    const reserved = await sql.reserve();
    await reserved`CREATE TEMP TABLE scratch AS SELECT 3 AS n`;
    assert.equal((await reserved`SELECT n FROM scratch`)[0].n, 3);
    await reserved`DROP TABLE scratch`;
    reserved.release();
});

await check('own types', async sql => {
    await sql`CREATE TYPE mood AS ENUM ('sad', 'happy')`;
    assert.equal((await sql`SELECT ${'happy'}::mood AS m`)[0].m, 'happy');
    assert.deepEqual((await sql`SELECT ARRAY['sad', 'happy']::mood[]::text[] AS m`)[0].m, ['sad', 'happy']);
});

console.log('done');
process.exit(failures > 0 ? 1 : 0);
