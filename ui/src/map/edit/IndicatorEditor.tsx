import { useMap } from "../../api/useMap.ts";
import { useSources } from "../../api/useSources.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { EditorForm } from "./EditorForm.tsx";
import styles from "./edit.module.css";

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
export default function IndicatorEditor(props: IndicatorEditorProps) {
  const { t } = useLanguage();
  const map = useMap(props.ws);
  const sources = useSources(props.ws);
  const { indicatorId: id, onClose } = props;
  if (map.error)
    return (
      <Dialog title={t("edit.title.new")} onClose={onClose}>
        <Failed error={map.error} retry={() => void map.refetch()} />
      </Dialog>
    );
  if (!map.data || (sources.isPending && !sources.error))
    return (
      <Dialog title={id ? "…" : t("edit.title.new")} onClose={onClose} wide>
        <Loading />
        <div className={styles.layout} aria-hidden="true">
          <div className={styles.stack}>
            <Skeleton width={240} height={20} />
            <Skeleton height={56} />
            <Skeleton height={72} />
            <Skeleton height={72} />
          </div>
          <Skeleton height={240} />
        </div>
      </Dialog>
    );
  if (id && !map.data.indicators.some((one) => one.id === id))
    return (
      <Dialog title={t("edit.title", { name: id })} onClose={onClose}>
        <EmptyState title={t("edit.missing")} />
      </Dialog>
    );
  return <EditorForm {...props} map={map.data} sources={sources.data?.sources ?? []} />;
}
