import { Button, CloseButton, Popover, ScrollArea, Text, TextInput, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconPaperclip, IconPlus, IconSearch } from '@tabler/icons-react'
import { memo, useEffect, useRef, useState } from 'react'
import { commonEn } from '../../shared/i18n/en/common.ts'
import { commonVi } from '../../shared/i18n/vi/common.ts'
import { fold } from '../../shared/kernel/text.ts'
import type { DossierState } from '../../shared/schema/dossier.ts'
import { sectionHash } from '../router.ts'
import classes from './EvidenceLinks.module.css'
import { useT } from './language.tsx'
import { PickFiles } from './PickFiles.tsx'
import { useDossier } from './store-context.tsx'
import { useUploads } from './uploads.tsx'

interface Props {
  /** Ids of the evidence cited. */
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
  readonly readOnly?: boolean
  /** What the evidence is for, for screen readers: "TRL 4, question 2". */
  readonly subject: string
}

/** The evidence an answer or an input cites: open it, cite more, bring in a new file, stop citing. */
export const EvidenceLinks = (props: Props) => {
  const { id, state } = useDossier()
  return <Links {...props} id={id} evidence={state.evidence} />
}

interface LinksProps extends Props {
  readonly id: string
  readonly evidence: DossierState['evidence']
}

/** Drawn anew only when what it shows changes, not with every answer of the dossier. */
const Links = memo(({ value, onChange, readOnly = false, subject, id, evidence }: LinksProps) => {
  const t = useT(commonVi, commonEn)
  const { attach } = useUploads()
  const [opened, setOpened] = useState(false)
  const [search, setSearch] = useState('')
  const latest = useRef({ value, onChange })
  useEffect(() => {
    latest.current = { value, onChange }
  }, [value, onChange])
  const wanted = fold(search)
  const all = Object.values(evidence)
  const free = all.filter((piece) => !value.includes(piece.id) && (wanted === '' || fold(`${piece.title} ${piece.source} ${piece.file?.name ?? ''}`).includes(wanted)))

  const cite = (piece: string): void => {
    onChange([...value, piece])
    setOpened(false)
    setSearch('')
  }
  const attachAndCite = async (file: File): Promise<void> => {
    setOpened(false)
    const piece = await attach(id, file)
    // A large file takes its time; more may have been cited meanwhile.
    if (piece !== null) latest.current.onChange([...latest.current.value, piece])
  }

  return (
    <fieldset className={classes.links}>
      <VisuallyHidden component="legend">{`${t('evidenceLinks')}: ${subject}`}</VisuallyHidden>
      {value.map((piece) => {
        const title = evidence[piece]?.title ?? piece
        return (
          <span key={piece} className={classes.chip}>
            <a href={sectionHash(id, 'evidence', piece)} aria-label={t('evidenceOpen', { title })}>
              <IconPaperclip size={14} aria-hidden />
              <span>{title}</span>
            </a>
            {!readOnly && <CloseButton size="xs" aria-label={t('evidenceUnlink', { title })} onClick={() => onChange(value.filter((other) => other !== piece))} />}
          </span>
        )
      })}
      {value.length === 0 && readOnly && <Text size="sm" c="dimmed">{t('evidenceLinksNone')}</Text>}
      {!readOnly && (
        <Popover opened={opened} onChange={setOpened} width={360} position="bottom-start" trapFocus returnFocus withinPortal>
          <Popover.Target>
            <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} aria-label={`${t('evidenceLink')}: ${subject}`} aria-haspopup="dialog" onClick={() => setOpened((now) => !now)}>{t('evidenceLink')}</Button>
          </Popover.Target>
          <Popover.Dropdown className={classes.dropdown} aria-label={t('evidenceLink')}>
            {all.length > 0 && (
              <TextInput
                data-autofocus
                aria-label={t('evidenceLinkSearch')}
                placeholder={t('evidenceLinkSearch')}
                leftSection={<IconSearch size={16} aria-hidden />}
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
              />
            )}
            <ScrollArea.Autosize mah={240} type="auto">
              {free.map((piece) => (
                <UnstyledButton key={piece.id} className={classes.option} onClick={() => cite(piece.id)}>
                  <span className={classes.name}>{piece.title}</span>
                  {piece.source !== '' && <span className={classes.source}>{piece.source}</span>}
                </UnstyledButton>
              ))}
              {free.length === 0 && <Text size="sm" c="dimmed" p="xs">{all.length === 0 ? t('evidenceNoneYet') : t('noMatch')}</Text>}
            </ScrollArea.Autosize>
            <PickFiles onPick={([file]) => { if (file !== undefined) void attachAndCite(file) }}>
              {(props) => <Button {...props} variant="light" size="compact-md" fullWidth leftSection={<IconPaperclip size={16} aria-hidden />}>{t('evidenceAttach')}</Button>}
            </PickFiles>
          </Popover.Dropdown>
        </Popover>
      )}
    </fieldset>
  )
})
Links.displayName = 'EvidenceLinks'
