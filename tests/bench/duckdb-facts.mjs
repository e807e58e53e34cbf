// SPDX-License-Identifier: GPL-3.0-or-later
// What bench-facts compares with: DuckDB with two threads over the same numbers, in
// a file that the first run makes. Prints for each question the milliseconds of its
// second run and the sum of its numbers. CPT_DUCKDB names a folder in which
// "npm install @duckdb/node-api" was run.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [path, rows, questions] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(`${process.env.CPT_DUCKDB}/`)('@duckdb/node-api');
const perDay = Math.floor(Number(rows) / 730);
const nRows = perDay * 730;
const nDeals = Math.floor(Number(rows) / 10);

const instance = await DuckDBInstance.create(path, { threads: '2' });
const connection = await instance.connect();
const tables = await connection.runAndReadAll("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'd'");

if (Number(tables.getRows()[0][0]) === 0) {
  await connection.run(`CREATE TABLE f AS SELECT DATE '2025-01-01' + (i // ${perDay})::INTEGER AS day,
    ['Google Ads', 'Meta', 'LinkedIn', 'TikTok', 'Bing'][(i % ${perDay} % 2000 % 5 + 1)::INTEGER] AS platform,
    'Account ' || (i % ${perDay} % 2000 % 10) AS account, 'Campaign ' || (i % ${perDay} % 2000) AS campaign,
    'Group ' || (i % ${perDay} // 2000) AS ad_group, (i * 7919 % 5000)::INTEGER AS impressions,
    (i * 104729 % 97)::INTEGER AS clicks, i * 15485863 % 20000 AS cost, (i * 31 % 300)::INTEGER AS conversions,
    CASE WHEN i % 10 = 0 THEN i * 49979687 % 100000 ELSE 0 END AS revenue FROM range(${nRows}) AS r(i)`);
  await connection.run(`CREATE TABLE d AS SELECT i % 12 AS owner, i % 7 AS stage, i * 7919 % 5000000 AS amount,
    DATE '2025-01-01' - 365 + (i * 13 % 1095)::INTEGER AS opened_on,
    DATE '2025-01-01' - 365 + (i * 13 % 1095)::INTEGER + (i % 90)::INTEGER AS closed_on FROM range(${nDeals}) AS r(i)`);
  await connection.run('CHECKPOINT');
}

// Numbers stand in front, as many as the question has "sum(" and the like
function addUp(sql, found) {
  const numbers = sql.split(' FROM ')[0].match(/\b(sum|count|max)\(/g).length;
  let sum = 0;
  for (const row of found)
    for (let i = 0; i < numbers; i++)
      sum += Number(row[i]);
  return sum;
}

const asked = JSON.parse(readFileSync(questions, 'utf-8'));
for (const sql of asked)
  await connection.runAndReadAll(sql);
for (const sql of asked) {
  const start = performance.now();
  const found = (await connection.runAndReadAll(sql)).getRows();
  const ms = performance.now() - start;
  console.log(`${ms.toFixed(3)} ${addUp(sql, found)}`);
}
