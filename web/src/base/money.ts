// Money is a whole number of fen everywhere; a person reads and writes it in the unit of the field. Digits are moved as
// text, never by floating point. Amounts stay below 2^53 fen (the node's own limit is 10^15 fen).

export const fenPerYuan = 100
export const fenPerWan = 1_000_000
const fenMax = 1_000_000_000_000_000

/** How many fen the unit of a money field holds; one without a unit is in yuan. */
export const fenPerUnit = (field: { fen_per_unit?: number }): number => field.fen_per_unit ?? fenPerYuan

/** Exact decimal text: 12 500 000 fen in units of 1 000 000 is "12.5". */
export function decimalOfFen(fen: number, perUnit: number): string {
  const places = String(perUnit).length - 1
  const digits = String(Math.abs(fen)).padStart(places + 1, '0')
  const whole = digits.slice(0, -places)
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return `${fen < 0 ? '-' : ''}${whole}${fraction && `.${fraction}`}`
}

/** Reads "12.5", "1,200", "１２.５", "3 万元"; undefined when it is no amount, finer than a fen or too large. */
export function fenOfText(text: string, perUnit: number): number | undefined {
  const plain = text.normalize('NFKC').replace(/[,\s¥]/g, '')
  const match = /^(\d+)(?:\.(\d+))?(万元|万|元)?$/.exec(plain)
  if (!match) return undefined
  const unit = match[3] ? (match[3] === '元' ? fenPerYuan : fenPerWan) : perUnit
  const places = String(unit).length - 1
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  if (fraction.length > places) return undefined
  const fen = Number(match[1] + fraction.padEnd(places, '0'))
  return Number.isSafeInteger(fen) && fen <= fenMax ? fen : undefined
}

function grouped(decimal: string): string {
  const [whole, fraction] = decimal.split('.')
  const separated = whole!.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction ? `${separated}.${fraction}` : separated
}

/** A number for a column whose head names the unit. */
export const amountIn = (fen: number, perUnit: number) => grouped(decimalOfFen(fen, perUnit))

/** The unit a reader expects: ten thousand yuan from 1 万元 on (in Chinese), yuan otherwise. */
export function readableAmount(fen: number, chinese: boolean): { amount: string; unit: 'wan' | 'yuan' } {
  if (chinese && Math.abs(fen) >= fenPerWan) return { amount: amountIn(fen, fenPerWan), unit: 'wan' }
  return { amount: amountIn(fen, fenPerYuan), unit: 'yuan' }
}
