import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import type { ModelProblem } from "../../api/types.ts";

/** What the screen may ask of the editor. */
export interface YamlHandle {
  /** Puts the cursor at a place in the text, in sight. */
  goTo: (at: number) => void;
  goToLine: (line: number, col?: number) => void;
}

interface YamlEditorProps {
  /** The text it starts with, and takes when it changes from outside. */
  value: string;
  onChange: (text: string) => void;
  problems: ModelProblem[];
  label: string;
  ref?: Ref<YamlHandle>;
}

const colours = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: "var(--ai)" },
  { tag: tags.comment, color: "var(--g5)" },
  { tag: tags.string, color: "var(--met)" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--g5)" },
  { tag: tags.content, color: "var(--ink)" },
]);

/** The Japanese letters come from the last of them where the first has none. */
const MONO =
  'ui-monospace, "SFMono-Regular", Menlo, Consolas, "Noto Sans Mono CJK JP", monospace, var(--font)';

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "14px", backgroundColor: "var(--card)", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: MONO,
    lineHeight: "1.7",
  },
  ".cm-content": { caretColor: "var(--ink)", padding: "12px 0" },
  ".cm-gutters": {
    backgroundColor: "var(--card)",
    color: "var(--g5)",
    borderRight: "1px solid var(--g2)",
  },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in srgb, var(--g1) 60%, transparent)",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--ai-2)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-tooltip, .cm-panels": {
    backgroundColor: "var(--card)",
    color: "var(--ink)",
    border: "1px solid var(--g3)",
    borderRadius: "6px",
  },
  ".cm-diagnostic": { fontFamily: "var(--font)", lineHeight: "1.6", padding: "6px 10px" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--missed)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--missed)",
    textUnderlineOffset: "3px",
  },
});

/** The model's text with line numbers, colours and marks where something is wrong. */
export default function YamlEditor({ value, onChange, problems, label, ref }: YamlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const first = useRef({ value, label });
  const tell = useRef(onChange);
  tell.current = onChange;

  useEffect(() => {
    if (!place.current) return;
    // The editor writes its style while it runs. In a tree of its own it keeps it beside the page
    // and not in it, where the policy of our pages lets no style stand.
    const root = place.current.shadowRoot ?? place.current.attachShadow({ mode: "open" });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: first.current.value,
        extensions: [
          basicSetup,
          yaml(),
          syntaxHighlighting(colours),
          lintGutter(),
          look,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": first.current.label, tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) tell.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const marks = problems.map((one): Diagnostic => {
      const from = position(editor, one.line, one.col);
      const line = editor.state.doc.lineAt(from);
      return {
        from,
        to: Math.min(line.to, Math.max(from + 1, wordEnd(line.text, from - line.from) + line.from)),
        severity: "error",
        message: [one.message, one.mend].filter(Boolean).join(" "),
      };
    });
    editor.dispatch(setDiagnostics(editor.state, marks));
  }, [problems]);

  useImperativeHandle(ref, () => {
    const show = (at: number) => {
      const editor = view.current;
      if (!editor) return;
      const anchor = Math.min(at, editor.state.doc.length);
      editor.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: "center" }),
      });
      editor.focus();
    };
    return {
      goTo: show,
      goToLine: (line, col = 1) => view.current && show(position(view.current, line, col)),
    };
  });
  return <div ref={place} style={{ height: "100%", minHeight: 0 }} />;
}

/** Lines and columns come from 1, columns in letters; the editor counts from 0 in UTF-16. */
function position(editor: EditorView, line: number, col: number): number {
  const { doc } = editor.state;
  const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const before = [...found.text].slice(0, Math.max(col, 1) - 1).join("").length;
  return Math.min(found.from + before, found.to);
}

function wordEnd(text: string, from: number): number {
  const match = /^[\p{L}\p{N}_.]+/u.exec(text.slice(from));
  return from + (match?.[0].length ?? 1);
}
