// A reader of SDMX-CSV 2.0 data messages, written from the published field guide (sdmx-twg/sdmx-csv) and RFC 4180, not from what the
// node writes. It refuses what the guide does not allow.
import assert from 'node:assert/strict';

/** RFC 4180: records of fields, quotes doubled inside quotes. */
function recordsOf(text, separator) {
  const records = [];
  let record = [];
  for (let at = 0; at < text.length; ) {
    let field = '';
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        assert.ok(at < text.length, 'a quoted field does not end');
        if (text[at] !== '"') field += text[at];
        else if (text[at + 1] === '"') (field += '"'), (at += 1);
        else break;
      }
      at += 1;
    } else {
      while (at < text.length && text[at] !== separator && text[at] !== '\r' && text[at] !== '\n') {
        assert.notEqual(text[at], '"', 'a quote inside a bare field');
        field += text[at++];
      }
    }
    record.push(field);
    if (text[at] === separator) at += 1;
    else {
      assert.ok(at === text.length || text.startsWith('\r\n', at) || text[at] === '\n', `something follows a field: ${text.slice(at, at + 20)}`);
      at += text[at] === '\r' ? 2 : 1;
      records.push(record);
      record = [];
    }
  }
  return records;
}

const id = /^[A-Za-z0-9_@$-]+$/; // IDType of SDMX
const structureId = /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)*:[A-Za-z0-9_@$-]+(\(\d+(\.\d+){0,2}\))?$/;
/** TIME_PERIOD of each frequency (SDMX time formats; a year, quarter and month as reported). */
const periods = { A: /^\d{4}$/, Q: /^\d{4}-Q[1-4]$/, M: /^\d{4}-(0[1-9]|1[0-2])$/ };
/** CL_OBS_STATUS 2.2. */
const statuses = new Set('ABDEFGHIJKLMNOPQSUV'.split(''));
const missing = new Set('HLMOQ'.split(''));

/** Observations of one dataflow whose dimensions are `dimensions`, in order. */
export function readSdmxCsv(text, dimensions) {
  assert.ok(text.startsWith('STRUCTURE'), 'the first column is STRUCTURE');
  const separator = text.slice('STRUCTURE'.length).replace(/^\[.\]/, '')[0];
  const [head, ...lines] = recordsOf(text, separator);
  assert.deepEqual(head.slice(0, 3), ['STRUCTURE', 'STRUCTURE_ID', 'ACTION']);
  assert.equal(new Set(head).size, head.length, 'column heads are unique');
  assert.deepEqual(head.slice(3, 3 + dimensions.length), dimensions, 'dimensions come first, in the order of the structure');
  assert.equal(head[3 + dimensions.length], 'OBS_VALUE', 'then the measure');
  const keys = new Set();
  return lines.map((line) => {
    assert.equal(line.length, head.length, `a record of ${line.length} fields: ${line}`);
    const row = Object.fromEntries(head.map((name, at) => [name, line[at]]));
    assert.ok(['dataflow', 'datastructure', 'dataprovision'].includes(row.STRUCTURE));
    assert.match(row.STRUCTURE_ID, structureId);
    assert.ok(['I', 'A', 'R', 'D', 'M'].includes(row.ACTION));
    for (const name of dimensions) assert.match(row[name], id, name);
    assert.match(row.TIME_PERIOD, periods[row.FREQ], `${row.FREQ} ${row.TIME_PERIOD}`);
    assert.ok(statuses.has(row.OBS_STATUS), row.OBS_STATUS);
    if (row.OBS_VALUE === '') assert.ok(missing.has(row.OBS_STATUS), `no value, but status ${row.OBS_STATUS}`);
    else assert.match(row.OBS_VALUE, /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/);
    const key = dimensions.map((name) => row[name]).join('.');
    assert.ok(!keys.has(key), `twice: ${key}`);
    keys.add(key);
    return { ...row, value: row.OBS_VALUE === '' ? undefined : Number(row.OBS_VALUE) };
  });
}
