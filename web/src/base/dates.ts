// Instants come in UTC and are shown in the region's time; days are days and know no zone.
const zone = 'Asia/Shanghai'
const formatter = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
})

function parts(instant: string): Record<string, string> | undefined {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return undefined
  return Object.fromEntries(formatter.formatToParts(at).map((part) => [part.type, part.value]))
}

/** "2026-01-21" of an instant or a day; the text itself when it is neither. */
export function dayOf(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return value
  const part = parts(value)
  return part ? `${part.year}-${part.month}-${part.day}` : value
}

/** "2026-01-21 09:05" */
export function minuteOf(instant: string): string {
  const part = parts(instant)
  return part ? `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}` : instant
}

/** "2026-01-21 09:05:07", for evidence. */
export function secondOf(instant: string): string {
  const part = parts(instant)
  return part ? `${minuteOf(instant)}:${part.second}` : instant
}

/** The region's day at an instant; pages hand in the present one. */
export const dayAt = (at: Date) => dayOf(at.toISOString())

/** The same day so many months later, or the month's last day where it has no such day. */
export function monthsLater(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0))
  const later = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())))
  return later.toISOString().slice(0, 10)
}
