import { expect, it } from 'vitest'
import { csvOf } from './save'

it('writes cells that spreadsheet programs read and do not run', () => {
  expect(csvOf([['a,b', 'say "x"', 1.5, undefined], ['=1+1', '-x', 'line\nbreak']])).toBe('\ufeff"a,b","say ""x""",1.5,\r\n\'=1+1,\'-x,"line\nbreak"\r\n')
})
