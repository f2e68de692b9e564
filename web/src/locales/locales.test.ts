// Every word the pages use exists in both languages, and no language has words that nobody uses.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import en from './en.json'
import zh from './zh-CN.json'

type Tree = { [key: string]: string | Tree }
const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`)))

const chinese = new Map(flat(zh))
const english = new Map(flat(en))
const source = fileURLToPath(new URL('..', import.meta.url))
const text = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(source, name), 'utf8'))
  .join('\n')

/** Keys written whole, and beginnings of keys whose end is a value: `states.deal.${state}`. */
const groups = new Set(Object.keys(zh))
const whole = [...text.matchAll(/['`]([a-z]+(?:\.[a-zA-Z0-9]+)+)['`]/g)].map((match) => match[1]!).filter((key) => groups.has(key.split('.')[0]!))
const beginnings = [...text.matchAll(/te?\(`([a-zA-Z]+\.(?:[a-zA-Z]+\.)*)\$\{/g)].map((match) => match[1]!)

it('has the same words in both languages', () => {
  expect([...english.keys()]).toEqual([...chinese.keys()])
})
it('has no empty word, and the same places for values in both', () => {
  const places = (word: string) => [...word.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
  for (const [key, word] of chinese) {
    expect(word.trim(), key).not.toBe('')
    expect(places(english.get(key)!), key).toEqual(places(word))
  }
})
it('knows every key that the pages use', () => {
  expect(whole.length).toBeGreaterThan(200)
  expect(whole.filter((key) => !chinese.has(key) && ![...chinese.keys()].some((known) => known.startsWith(`${key}.`)))).toEqual([])
  expect(beginnings.filter((start) => ![...chinese.keys()].some((known) => known.startsWith(start)))).toEqual([])
})
it('has no word that nobody uses', () => {
  const used = (key: string) => whole.includes(key) || beginnings.some((start) => key.startsWith(start)) || text.includes(`.${key.split('.').pop()}\``)
  expect([...chinese.keys()].filter((key) => !used(key))).toEqual([])
})
it('writes no Chinese outside the word files', () => {
  const lines = text.split('\n').filter((line) => !/^\s*(\/\/|\*|\/\*\*)/.test(line) && /[\u4e00-\u9fff]/.test(line.replace(/\/\*\*.*?\*\//g, '')))
  // 万元 and 元 are the units that register definitions write; 万 is how people shorten the first.
  expect(lines.filter((line) => !/万元|元/.test(line))).toEqual([])
})
