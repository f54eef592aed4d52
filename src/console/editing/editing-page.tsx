'use client'
/** The page of an editor: its head, what there is to know, what is edited, and what is asked about conflicts and leaving. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { LeaveDialog } from '../ui/leave-dialog.tsx'
import { Icon } from '../ui/line-icon.tsx'
import { Menu, MenuLink } from '../ui/menu.tsx'
import { Result } from '../ui/result.tsx'
import { StateBadge } from '../ui/state-badge.tsx'
import { Time } from '../ui/time.tsx'
import type { Compare } from './compare.tsx'
import type { Editing } from './editing.ts'
import './editing-page.css'

const ConflictDialog = lazyPart(() => import('./conflict-dialog.tsx').then((file) => file.ConflictDialog))

type Props<Draft> = {
  editing: Editing<Draft>
  /** The page that lists what is edited among others. */
  back: { href: string; label: string }
  title: string
  /** Whose it is: the choices that stand in the address. */
  pickers?: ReactNode
  /** What can be done, besides to save. */
  actions: ReactNode
  /** Whether a save may carry a note for whoever reads the versions. */
  hasNotes?: boolean
  /** The page scrolls as a whole; else the editor fills the window. */
  isScrolling?: boolean
  /** What there is to know before going on. */
  notices: ReactNode
  compare: Compare<Draft>
  children: ReactNode
}

export function EditingPage<Draft>(props: Props<Draft>) {
  const { editing, back, title, pickers, actions, hasNotes, isScrolling, notices, children } = props
  const { page, canWrite, isUnsaved, dialog, conflict, save, kept } = editing
  const t = useTranslations('Template')
  const saveByKey = (event: KeyboardEvent) => {
    if (event.key !== 's' || event.altKey || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    if (canWrite && !dialog && !conflict) save()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the key that saves, wherever the cursor is
    <div ref={page} className="editing-page" data-scrolls={isScrolling || undefined} onKeyDown={saveByKey}>
      <header className="editing-head">
        <Link href={back.href} prefetch={false} className="editing-back">
          <Icon name="back" />
          {back.label}
        </Link>
        <h1 className="break">{title}</h1>
        {pickers && <div className="editing-pickers">{pickers}</div>}
        <SavedState editing={editing} />
        <div className="editing-actions">
          {actions}
          {canWrite && <SaveButtons isBusy={editing.isBusy} hasNotes={hasNotes} onSave={save} />}
        </div>
      </header>
      <div className="editing-notices">
        {notices}
        <Notices editing={editing} />
      </div>
      {children}
      {conflict && <Conflict editing={editing} compare={props.compare} />}
      <LeaveDialog isChanged={isUnsaved} intro={t(kept.isLost ? 'draftLost' : 'leaveIntro')} />
    </div>
  )
}

/** Whether what is edited is saved, as which version, when and by whom. */
function SavedState<Draft>({ editing: { saved, savedVersion, isUnsaved } }: { editing: Editing<Draft> }) {
  const t = useTranslations('Template')
  return (
    <>
      <span role="status" className="editing-state">
        {isUnsaved ? (
          <StateBadge tone="amber">{t('unsaved')}</StateBadge>
        ) : (
          savedVersion !== undefined && <StateBadge tone="green">{t('savedAs', { version: savedVersion })}</StateBadge>
        )}
      </span>
      <span className="editing-version muted small">
        {saved
          ? t.rich('version', {
              version: saved.version,
              by: saved.by ?? t('nobody'),
              when: () => <Time key="when" at={saved.at} />,
            })
          : t('neverSaved')}
      </span>
    </>
  )
}

type SaveProps = { isBusy: boolean; hasNotes: boolean | undefined; onSave: (note?: string) => void }

/** The button that saves, and beside it one that opens a field for what changed. */
function SaveButtons({ isBusy, hasNotes, onSave }: SaveProps) {
  const t = useTranslations('Template')
  const id = useId()
  const popover = useRef<HTMLFormElement>(null)
  const save = (
    <Button kind="primary" isBusy={isBusy} onClick={() => onSave()}>
      {isBusy ? t('saving') : t('save')}
    </Button>
  )
  if (!hasNotes) return save
  return (
    <div className="editing-save">
      {save}
      <button
        type="button"
        className="button"
        data-kind="primary"
        popoverTarget={id}
        aria-label={t('saveWithNote')}
        title={t('saveWithNote')}
      >
        <Icon name="expand" />
      </button>
      <form
        id={id}
        ref={popover}
        popover="auto"
        className="menu note-form"
        data-align="end"
        onSubmit={(event) => {
          event.preventDefault()
          const note = new FormData(event.currentTarget).get('note')
          popover.current?.hidePopover()
          popover.current?.reset()
          onSave(typeof note === 'string' ? note : '')
        }}
      >
        <label>
          <span className="label">{t('note')}</span>
          <input className="input" name="note" maxLength={200} autoComplete="off" />
          <span className="field-help">{t('noteHelp')}</span>
        </label>
        <Button kind="primary" type="submit">
          {t('saveWithNote')}
        </Button>
      </form>
    </div>
  )
}

/** A draft that was found, or cannot be kept, and what went wrong. */
function Notices<Draft>({ editing }: { editing: Editing<Draft> }) {
  const { kept, isChanged, problem, discardDraft } = editing
  const t = useTranslations('Template')
  const { foundAt, isLost } = kept
  return (
    <>
      {foundAt && isChanged && (
        <Result
          tone="grey"
          title={t('draftFound')}
          why={t.rich('draftOf', { when: () => <Time key="when" at={foundAt} /> })}
          action={<Button onClick={discardDraft}>{t('discardDraft')}</Button>}
        />
      )}
      {isLost && <Result tone="amber" title={t('draftLost')} />}
      {problem && <Result {...problem} />}
    </>
  )
}

function Conflict<Draft>({ editing, compare }: Pick<Props<Draft>, 'editing' | 'compare'>) {
  const { store, conflict, problem, isBusy, keepEditing, takeTheirs, save } = editing
  const t = useTranslations('Template')
  if (!conflict) return null
  const { theirs, note } = conflict
  return (
    <ConflictDialog
      {...{ theirs, problem, isBusy }}
      comparison={
        theirs &&
        compare(
          { label: t('theirs', { version: theirs.version }), draft: theirs.draft },
          { label: t('mine'), draft: store.get() },
        )
      }
      onKeepEditing={keepEditing}
      onTakeTheirs={() => theirs && takeTheirs(theirs)}
      onSaveMine={() => save(note, theirs?.version ?? 0)}
    />
  )
}

type ChoiceMenuProps = {
  /** Says what is chosen among: "App: Shop". */
  label: string
  /** What is chosen. */
  value: string
  children: ReactNode
}

/** A menu of pages to go to, on a button that shows which one this is about: an App, a language, an account. */
export function ChoiceMenu({ label, value, children }: ChoiceMenuProps) {
  return (
    <Menu
      label={label}
      buttonClass="button"
      button={
        <>
          <span className="editing-chosen">{value}</span>
          <Icon name="expand" />
        </>
      }
    >
      {children}
    </Menu>
  )
}

type ChoiceProps = { href: string; isChosen: boolean; remark?: string | undefined; children: ReactNode }

export function Choice({ href, isChosen, remark, children }: ChoiceProps) {
  return (
    <MenuLink isDocument href={href} isCurrent={isChosen}>
      {children}
      {remark && <span className="muted small"> {remark}</span>}
    </MenuLink>
  )
}

/** The rarer things that can be done, each a `MenuItem`. */
export function MoreMenu({ children }: { children: ReactNode }) {
  const t = useTranslations('Template')
  return (
    <Menu label={t('more')} align="end" buttonClass="button editing-more" button={<Icon name="more" />}>
      {children}
    </Menu>
  )
}
