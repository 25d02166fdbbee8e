/** The elementary functions live in the kernel, because checklists need them too; the engine takes them from here. */
export { exp, expm1, log, log1p, pow } from '../../kernel/elementary.ts'
