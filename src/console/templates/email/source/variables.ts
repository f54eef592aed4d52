/** Variables in the source: coloured where they stand, and offered as soon as `$`, `${` or `$<` is typed. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { EditorState, type Extension } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import type { Variable } from '#console/editing/samples.tsx'

const variableMark = Decoration.mark({ class: 'cm-variable' })

/** Colours every declared variable in what is in view. */
function marks(names: ReadonlySet<string>): Extension {
  const matcher = new MatchDecorator({
    regexp: /(\\?)\$(?:\{([A-Za-z_]\w{0,63})\}|<([A-Za-z_]\w{0,63})>)/g,
    decorate: (add, from, to, [, backslash, braced, angled]) => {
      if (!backslash && names.has(braced ?? angled ?? '')) add(from, to, variableMark)
    },
  })
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = matcher.createDeco(view)
      }
      update(update: ViewUpdate) {
        this.decorations = matcher.updateDeco(update, this.decorations)
      }
    },
    { decorations: ({ decorations }) => decorations },
  )
}

/** Puts the whole variable in place of what was typed of it, and of the bracket that closes it already. */
const put = (written: string, closer: string) => (view: EditorView, _: Completion, from: number, to: number) => {
  const end = view.state.sliceDoc(to, to + 1) === closer ? to + 1 : to
  view.dispatch({
    changes: { from, to: end, insert: written },
    selection: { anchor: from + written.length },
    userEvent: 'input.complete',
  })
}

function offer(variables: readonly Variable[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/\$[{<]?\w*/)
    if (!typed || context.state.sliceDoc(Math.max(0, typed.from - 1), typed.from) === '\\') return null
    const isAngled = typed.text[1] === '<'
    const options = variables.map(({ name, description, sample }): Completion => {
      const written = isAngled ? `$<${name}>` : `\${${name}}`
      return {
        label: written,
        detail: sample,
        type: 'variable',
        apply: put(written, isAngled ? '>' : '}'),
        boost: 50,
        ...(description ? { info: description } : {}),
      }
    })
    return { from: typed.from, options, validFor: isAngled ? /^\$<\w*$/ : /^\$\{?\w*$/ }
  }
}

/** Marks and completion for a scenario's variables. */
export function variableSupport(variables: readonly Variable[]): Extension {
  const autocomplete = offer(variables)
  return [marks(new Set(variables.map(({ name }) => name))), EditorState.languageData.of(() => [{ autocomplete }])]
}
