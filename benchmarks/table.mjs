// Tables of text: cells in columns, numbers as short as they can be read.

export const shown = (value) => (value === null || value === undefined ? '' : Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 3 : 2));

/** `cells` is a list of rows of text; the columns numbered in `right` are aligned to the right. */
export function aligned(cells, right = []) {
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) => row.map((cell, column) => (right.includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  ').trimEnd();
  return cells.map(line).join('\n');
}
