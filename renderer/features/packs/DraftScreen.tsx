import { ActionIcon, Button, Group, Menu, NativeSelect, Tabs, Text, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowDown, IconArrowForwardUp, IconArrowLeft, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { packFormEn } from '../../../shared/i18n/en/pack-form.ts'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { packFormVi } from '../../../shared/i18n/vi/pack-form.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import { problemsOf } from '../../../shared/rulepack/check.ts'
import type { ChecklistPack } from '../../../shared/rulepack/schema.ts'
import { compareVersions } from '../../../shared/rulepack/shelf.ts'
import { go, routeHash } from '../../router.ts'
import type { PackDraft } from '../../store/library.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { flushDrafts } from '../../ui/drafts.ts'
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx'
import { useShortcuts } from '../../ui/keys.ts'
import { usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useLive, usePacks, useStore } from '../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import { asType, blankCriterion, blankQuestion, blankReference, blankSection, questionTypes, scoringAs } from './blank.ts'
import { DiffList } from './DiffList.tsx'
import { Fields } from './DraftForm.tsx'
import { TargetProvider, useTarget } from './editing-context.tsx'
import type { Editing } from './history.ts'
import { useEditing } from './history.ts'
import { Outline, partOf } from './Outline.tsx'
import classes from './Packs.module.css'
import type { Path } from './paths.ts'
import { listAt, moved, samePath, valueAt, withValue } from './paths.ts'
import { ProblemList } from './ProblemList.tsx'
import { councilFields, councilHeadFields, criterionFields, headFields, questionFields, referenceFields, scoringFields, sectionFields, sourcesFields } from './specs.ts'
import { RegisterPick } from './RegisterPick.tsx'
import { TryPanel } from './TryPanel.tsx'

const ways = ['points', 'rules', 'levels', 'weighted'] as const

interface PartProps {
  readonly editing: Editing
  readonly path: Path
  readonly onChoose: (path: Path) => void
}

/** Adds questions, criteria and reference tables where the person stands. */
const AddMenu = ({ pack, change, path, onChoose }: { readonly pack: ChecklistPack; readonly change: Editing['change']; readonly path: Path; readonly onChoose: (path: Path) => void }) => {
  const t = useT(packFormVi, packFormEn)
  const p = useT(packsVi, packsEn)
  const at = path[0] === 'sections' && typeof path[1] === 'number' ? path[1] : pack.sections.length - 1
  const section = pack.sections[at]
  const put = (list: Path, entry: unknown): void => {
    const entries = listAt(pack, list)
    change(list, [...entries, entry])
    onChoose([...list, entries.length])
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target><Button variant="light" leftSection={<IconPlus size={16} aria-hidden />}>{p('addPart')}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{p('addQuestionOf')}</Menu.Label>
        {questionTypes.map((type) => <Menu.Item key={type} disabled={section === undefined} onClick={() => put(['sections', at, 'questions'], blankQuestion(pack, section, type))}>{t(`type.${type}`)}</Menu.Item>)}
        <Menu.Divider />
        <Menu.Item onClick={() => put(['sections'], blankSection(pack))}>{p('addSection')}</Menu.Item>
        {pack.scoring.by === 'rules' && <Menu.Item disabled={section === undefined} onClick={() => put(['sections', at, 'criteria'], blankCriterion(pack, section))}>{p('addCriterion')}</Menu.Item>}
        <Menu.Item onClick={() => put(['references'], blankReference(pack))}>{p('addReference')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** The form of the part chosen in the outline. */
const Part = ({ editing, path, onChoose }: PartProps) => {
  const t = useT(packFormVi, packFormEn)
  const p = useT(packsVi, packsEn)
  const { pack, change } = editing
  const { readOnly } = useTarget()
  const value = valueAt(pack, path)
  if (path.length === 0) return <Panel title={p('partHead')}><Fields fields={pack.use === 'council' ? councilHeadFields : headFields} path={[]} /></Panel>
  if (path[0] === 'sources') {
    return (
      <Panel title={p('partSources', { count: pack.sources.length })} lead={p('sourcesLead')} actions={readOnly ? undefined : <RegisterPick taken={pack.sources.map(({ number }) => number)} onPick={(source) => change(['sources'], [...pack.sources, source])} />}>
        <Fields fields={sourcesFields} path={[]} />
      </Panel>
    )
  }
  if (pack.use === 'council') return <Panel title={p('councilRule')}><Fields fields={councilFields} path={['rule']} /></Panel>
  if (path[0] === 'scoring') {
    return (
      <Panel title={p('partScoring')}>
        <NativeSelect mb="lg" disabled={readOnly} label={t('way')} value={pack.scoring.by} data={ways.map((way) => ({ value: way, label: t(`way.${way}`) }))} onChange={(event) => change(['scoring'], scoringAs(pack.scoring, ways.find((way) => way === event.currentTarget.value) ?? 'points', pack.sections.length))} />
        <Fields fields={scoringFields(pack.scoring.by)} path={['scoring']} />
      </Panel>
    )
  }
  if (path.length === 2) {
    const fields = path[0] === 'references' ? referenceFields : sectionFields
    return <Panel title={path[0] === 'references' ? t('reference') : t('section')}><Fields key={path.join('/')} fields={fields} path={path} /></Panel>
  }
  if (path[2] === 'criteria') return <Panel title={t('criterion')}><Fields key={path.join('/')} fields={criterionFields} path={path} /></Panel>
  const [, at = 0, , index = 0] = path
  const question = pack.sections[Number(at)]?.questions[Number(index)]
  if (question === undefined) return <Notice actions={<Button variant="default" size="compact-sm" onClick={() => onChoose([])}>{p('partHead')}</Button>}>{p('partGone')}</Notice>
  return (
    <Panel
      title={t('question')}
      actions={<NativeSelect disabled={readOnly} aria-label={t('questionType')} value={question.type} data={questionTypes.map((type) => ({ value: type, label: t(`type.${type}`) }))} onChange={(event) => change(path, asType(question, questionTypes.find((type) => type === event.currentTarget.value) ?? question.type))} />}
    >
      <Fields key={path.join('/')} fields={questionFields(value)} path={path} />
    </Panel>
  )
}

/** Editor of a draft (soạn bộ quy tắc). */
export const DraftScreen = ({ draft }: { readonly draft: PackDraft }) => {
  const t = useT(packsVi, packsEn)
  const common = useT(commonVi, commonEn)
  const pick = usePick()
  const store = useStore()
  const { writable } = useLive(store.info)
  const packs = usePacks()
  const confirm = useConfirm()
  const toast = useToast()
  const showFault = useFaultToast()
  const editing = useEditing(draft)
  const { pack, change, replace, undo, redo, canUndo, canRedo, flush, saved } = editing
  const [path, setPath] = useState<Path>([])
  const [tab, setTab] = useState('edit')
  const calm = useDeferredValue(pack)
  const problems = useMemo(() => problemsOf(calm), [calm])
  const here = problems.filter((problem) => samePath(partOf(problem.path), path))
  const before = useMemo(() => packs.all.filter((loaded) => loaded.pack.id === pack.id && compareVersions(loaded.pack.version, pack.version) < 0).toSorted((a, b) => compareVersions(b.pack.version, a.pack.version))[0], [packs, pack.id, pack.version])
  const target = useMemo(() => ({ root: pack, pack, change, readOnly: !writable }), [pack, change, writable])
  useShortcuts([{ key: 'z', ctrl: true, run: undo }, { key: 'z', ctrl: true, shift: true, run: redo }])

  const choose = (next: Path): void => {
    setPath(next)
    setTab('edit')
    document.getElementById('content')?.scrollTo({ top: 0 })
  }
  const movable = writable && (path.length === 2 || path.length === 4)
  const move = (at: Path, by: -1 | 1): void => {
    const list = at.slice(0, -1)
    const from = Number(at.at(-1))
    const entries = listAt(pack, list)
    const next = moved(entries, from, by)
    if (next === entries) return
    change(list, next)
    setPath([...list, from + by])
  }
  const remove = (): void => {
    const list = path.slice(0, -1)
    const left = listAt(pack, list).filter((_, index) => index !== path.at(-1))
    const optional = path[0] === 'references' || path[2] === 'criteria'
    const whole = pack
    replace(withValue(pack, list, left.length === 0 && optional ? undefined : left))
    setPath(path.length === 4 ? path.slice(0, 2) : [])
    toast({ text: t('partRemoved'), action: { label: common('undo'), run: () => replace(whole) } })
  }
  const finish = async (): Promise<void> => {
    await flushDrafts()
    if (!(await flush())) return
    if (!(await confirm({ title: t('finishTitle'), text: t('finishText', { title: pick(pack.title), version: pack.version }), action: t('finish') }))) return
    const done = await store.finishDraft(draft.id)
    if (!done.ok) {
      showFault(done.fault)
      return
    }
    toast({ text: t('finished', { version: pack.version }) })
    go({ to: 'packs', view: 'pack', id: done.value })
  }

  return (
    <>
      <Button component="a" href={routeHash({ to: 'packs', view: 'list', id: '' })} variant="subtle" color="gray" size="compact-sm" mb="xs" leftSection={<IconArrowLeft size={16} aria-hidden />}>{t('title')}</Button>
      <PageHeader
        title={pick(pack.title) || t('untitledPack')}
        lead={t('draftLead', { id: pack.id, version: pack.version })}
        actions={
          <>
            <Text size="sm" c="dimmed" role="status">{saved ? common('saveHere') : common('saveMemory')}</Text>
            <Tooltip label={common('undo')}><ActionIcon variant="default" size="lg" aria-label={common('undo')} disabled={!canUndo} onClick={undo}><IconArrowBackUp size={18} aria-hidden /></ActionIcon></Tooltip>
            <Tooltip label={common('redo')}><ActionIcon variant="default" size="lg" aria-label={common('redo')} disabled={!canRedo} onClick={redo}><IconArrowForwardUp size={18} aria-hidden /></ActionIcon></Tooltip>
            <Button onClick={() => void finish()} disabled={!writable || problems.length > 0}>{t('finish')}</Button>
          </>
        }
      />
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'edit')} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="edit">{t('tabEdit')}</Tabs.Tab>
          <Tabs.Tab value="check">{t('tabCheck', { count: problems.length })}</Tabs.Tab>
          {calm.use === 'checklist' && <Tabs.Tab value="try">{t('tabTry')}</Tabs.Tab>}
          {before !== undefined && <Tabs.Tab value="diff">{t('tabDiff', { version: before.pack.version })}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="edit">
          <div className={classes.editor}>
            <Outline pack={pack} problems={problems} chosen={path} onChoose={choose} onMove={writable ? move : undefined} />
            <div>
              <Group justify="space-between" mb="md">
                {writable && pack.use === 'checklist' ? <AddMenu pack={pack} change={change} path={path} onChoose={choose} /> : <span />}
                {movable && (
                  <Group gap={4}>
                    <Tooltip label={t('moveUp')}><ActionIcon variant="default" aria-label={t('moveUp')} disabled={path.at(-1) === 0} onClick={() => move(path, -1)}><IconArrowUp size={16} aria-hidden /></ActionIcon></Tooltip>
                    <Tooltip label={t('moveDown')}><ActionIcon variant="default" aria-label={t('moveDown')} disabled={path.at(-1) === listAt(pack, path.slice(0, -1)).length - 1} onClick={() => move(path, 1)}><IconArrowDown size={16} aria-hidden /></ActionIcon></Tooltip>
                    <Tooltip label={t('removePart')}><ActionIcon variant="default" aria-label={t('removePart')} onClick={remove}><IconTrash size={16} aria-hidden /></ActionIcon></Tooltip>
                  </Group>
                )}
              </Group>
              {here.length > 0 && <Notice tone="warn">{here.map((problem) => <Text key={problem.text.vi} size="sm">{pick(problem.text)}</Text>)}</Notice>}
              <TargetProvider target={target}><Part editing={editing} path={path} onChoose={choose} /></TargetProvider>
            </div>
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="check"><ProblemList problems={problems} onGo={(place) => choose(partOf(place))} /></Tabs.Panel>
        <Tabs.Panel value="try">
          {problems.length > 0 && <Notice tone="warn">{t('tryWithProblems', { count: problems.length })}</Notice>}
          <ErrorBoundary key={problems.length} fallback={() => <Notice tone="warn">{t('tryBroken')}</Notice>}>{calm.use === 'checklist' && <TryPanel pack={calm} />}</ErrorBoundary>
        </Tabs.Panel>
        {before !== undefined && <Tabs.Panel value="diff"><DiffList before={before.pack} after={calm} /></Tabs.Panel>}
      </Tabs>
    </>
  )
}
