import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { ModelFile } from "../../api/types.ts";
import { useModel } from "../../api/useModel.ts";
import { Page } from "../../frame/Page.tsx";
import { Topline } from "../../frame/Topline.tsx";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Chip } from "../../kit/Chip.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./model.module.css";

// The editor and its language come after the frame: together they weigh more than the frame.
const ModelEditor = lazy(() =>
  import("./ModelEditor.tsx").then((module) => ({ default: module.ModelEditor })),
);

/** The model as text, beside what the server and the reader make of it. */
export function ModelPage() {
  const { ws } = useParams({ from: "/framed/w/$ws/model" });
  const { t } = useLanguage();
  const model = useModel(ws);
  return (
    <>
      <Topline
        title={t("model.title")}
        actions={
          model.data && (
            <>
              <Link to="/w/$ws/versions" params={{ ws }} className={buttonClass("outline", true)}>
                {t("model.versions")}
              </Link>
              <Button small icon="download" onClick={() => download(model.data)}>
                {t("model.download")}
              </Button>
            </>
          )
        }
      >
        {model.data && <Chip>{t("model.base", { version: model.data.version })}</Chip>}
      </Topline>
      <Page full>
        {model.error && !model.data && (
          <Failed error={model.error} retry={() => void model.refetch()} />
        )}
        {model.isPending && <Waiting />}
        {model.data && (
          <Suspense fallback={<Waiting />}>
            <ModelEditor ws={ws} saved={model.data} />
          </Suspense>
        )}
      </Page>
    </>
  );
}

function Waiting() {
  return (
    <div className={styles.layout}>
      <div style={{ padding: 28 }}>
        <Loading />
        <Skeleton height={480} />
      </div>
      <div className={styles.right}>
        <Skeleton height={32} />
      </div>
    </div>
  );
}

/** The file as it is saved, for git or the command line. */
function download(model: ModelFile): void {
  const url = URL.createObjectURL(new Blob([model.yaml], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "model.yaml";
  link.click();
  URL.revokeObjectURL(url);
}
