// What the node said is wrong, for the field that a part of a form shows.
import { inject, provide, type InjectionKey } from 'vue'
import type { InputProblem } from '@/api/types'

type Finder = (field: string) => InputProblem[]
const key: InjectionKey<Finder> = Symbol('problems')

export const provideProblems = (find: Finder) => provide(key, find)
export const useProblems = (): Finder => inject(key, () => [])
