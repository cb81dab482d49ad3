// Do the streams that write_frames has written say what they should?
//
//     node read_frames.js PACKAGES FOLDER COUNT
//
// PACKAGES is where `npm ci` has put node_modules.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

const [packages, folder, count] = process.argv.slice(2);
const arrow = createRequire(path.resolve(packages, "package.json"))(
  "apache-arrow");

const fromHex = (hex) => Buffer.from(hex, "hex").toString("utf8");

function doubleBits(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}

// A value as write_frames writes it; times are read from the buffer, for the
// vector makes milliseconds of them.
function valueAt(vector, row, type) {
  const value = vector.get(row);
  if (value === null) return null;
  switch (type) {
    case "Int64": return value.toString();
    case "Float64": return doubleBits(value);
    case "Bool": return value;
    case "Utf8": return Buffer.from(value, "utf8").toString("hex");
    default: return vector.data[0].values[row].toString();
  }
}

function checkType(type, expected) {
  switch (expected.type) {
    case "Timestamp":
      assert.ok(arrow.DataType.isTimestamp(type));
      assert.strictEqual(arrow.TimeUnit[type.unit], expected.unit);
      assert.strictEqual(type.timezone ?? "", expected.zone);
      break;
    case "Int64":
      assert.ok(arrow.DataType.isInt(type));
      assert.ok(type.bitWidth === 64 && type.isSigned);
      break;
    case "Float64":
      assert.ok(arrow.DataType.isFloat(type));
      assert.strictEqual(type.precision, arrow.Precision.DOUBLE);
      break;
    case "Bool":
      assert.ok(arrow.DataType.isBool(type));
      break;
    default:
      assert.ok(arrow.DataType.isUtf8(type));
  }
}

function checkColumn(table, place, expected, rows, name) {
  const field = table.schema.fields[place];
  const vector = table.getChildAt(place);
  assert.strictEqual(field.name, name);
  assert.strictEqual(field.nullable, true);
  checkType(field.type, expected);
  if (rows === 0 && !vector) return;
  assert.strictEqual(vector.length, rows);
  const nulls = expected.values.filter((value) => value === null).length;
  assert.strictEqual(vector.nullCount, nulls);
  for (let row = 0; row < rows; row++)
    assert.strictEqual(valueAt(vector, row, expected.type),
                       expected.values[row], `row ${row}`);
}

// The index comes first, under the name that the metadata says.
function checkIndex(table, expected, names) {
  const text = table.schema.metadata.get("pandas");
  if (expected.index === null) {
    assert.strictEqual(text, undefined);
    return;
  }
  const pandas = JSON.parse(text);
  const name = fromHex(expected.columns[expected.index].name);
  const [sent] = pandas.index_columns;
  if (name === "") assert.match(sent, /^__index_level_\d+__$/);
  else assert.strictEqual(sent, name);
  assert.deepStrictEqual(pandas.columns.map((column) => column.name),
    names.map((other, i) => other || (i === expected.index ? null : "")));
  const index = pandas.columns[expected.index];
  assert.strictEqual(index.field_name, sent);
  assert.strictEqual(pandas.column_indexes.length, 1);
  return sent;
}

function check(bytes, expected) {
  const table = arrow.tableFromIPC(bytes);
  const names = expected.columns.map((column) => fromHex(column.name));
  const order = names.map((_, i) => i);
  assert.strictEqual(table.schema.fields.length, names.length);
  assert.strictEqual(table.batches.length, 1);
  // Rows without columns are none to this reader.
  if (names.length > 0)
    assert.strictEqual(table.batches[0].data.length, expected.rows);
  const sent = checkIndex(table, expected, names);
  if (expected.index !== null) {
    order.splice(expected.index, 1);
    order.unshift(expected.index);
  }
  order.forEach((number, place) =>
    checkColumn(table, place, expected.columns[number], expected.rows,
                number === expected.index ? sent : names[number]));
  return names.length * expected.rows;
}

let values = 0;
const seen = new Set();
for (let i = 0; i < Number(count); i++) {
  const bytes = fs.readFileSync(path.join(folder, `${i}.arrow`));
  const json = fs.readFileSync(path.join(folder, `${i}.json`), "utf8");
  const expected = JSON.parse(json);
  try {
    values += check(bytes, expected);
  } catch (error) {
    console.error(`frame ${i}: ${error.stack}`);
    process.exit(1);
  }
  if (expected.rows === 0) seen.add("no rows");
  if (expected.columns.length === 0) seen.add("no columns");
  if (expected.index !== null) seen.add("an index");
  for (const column of expected.columns) {
    seen.add(column.type).add(`${column.unit} ${column.zone}`);
    const some = column.values;
    if (some.length > 0 && some.every((value) => value === null))
      seen.add("all null");
    if (column.type === "Utf8" && some.includes("")) seen.add("empty texts");
    if (column.type === "Utf8" && some.some((text) => text?.length > 2000))
      seen.add("long texts");
  }
}
const shapes = ["no rows", "no columns", "an index", "all null", "empty texts",
  "long texts", "Int64", "Float64", "Bool", "Utf8", "Timestamp",
  "SECOND UTC", "MILLISECOND ", "MICROSECOND ", "NANOSECOND Europe/Rome"];
for (const shape of shapes)
  assert.ok(seen.has(shape), `no frame has ${shape}`);
console.log(`${count} frames, ${values} values are as they should be`);
