// Handing a file that was made in the browser to the person.

/** RFC 4180 with a byte order mark, so that spreadsheet programs read Chinese; what they would run as a formula is quoted off. */
export function csvOf(rows: (string | number | undefined)[][]): string {
  const cell = (value: string | number | undefined) => {
    if (value === undefined) return ''
    if (typeof value === 'number') return String(value)
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

export function saveFile(name: string, content: Blob) {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
