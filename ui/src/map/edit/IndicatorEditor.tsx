/** What the map hands to the editor. */
export interface IndicatorEditorProps {
  /** The workspace's slug. */
  ws: string;
  /** The version of the model it was opened on; edits are saved against it. */
  version: number;
  /** The indicator to change; null makes a new one. */
  indicatorId: string | null;
  /** A new indicator goes under this one. */
  parentId?: string | undefined;
  /** Saved: the id of what was changed or made. */
  onSaved: (id: string) => void;
  /** Closed without saving. */
  onClose: () => void;
}

/** Changes an indicator, its target and its links, with live checks. */
export default function IndicatorEditor(_: IndicatorEditorProps) {
  return null;
}
