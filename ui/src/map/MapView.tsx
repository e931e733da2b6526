import { type Ref, useMemo } from "react";
import type { MapReply } from "../api/types.ts";
import { useNarrow } from "../kit/useNarrow.ts";
import { type BoardHandle, MapBoard } from "./board/MapBoard.tsx";
import styles from "./MapView.module.css";
import { PhoneList } from "./phone/PhoneList.tsx";
import { PrintSheet } from "./picture/PrintSheet.tsx";
import { Sentences } from "./Sentences.tsx";
import { Watched } from "./watched.ts";

interface MapViewProps {
  reply: MapReply;
  selected: string | null;
  onOpen: (id: string) => void;
  /** While searching: what matches. */
  found?: ReadonlySet<string> | null;
  /** Where missing numbers are brought in; null on a read-only page. */
  ws: string | null;
  boardRef?: Ref<BoardHandle>;
}

/** Three sentences and the map under them; a list on a phone, one page on paper. */
export function MapView({ reply, selected, onOpen, found = null, ws, boardRef }: MapViewProps) {
  const narrow = useNarrow();
  const watched = useMemo(() => new Set(reply.focus?.indicators), [reply.focus]);
  return (
    <div className={styles.left}>
      <div className={styles.screen}>
        <Sentences sentences={reply.sentences} onOpen={onOpen} small={selected !== null} />
        <Watched value={watched}>
          {narrow ? (
            <PhoneList reply={reply} onOpen={onOpen} found={found} />
          ) : (
            <MapBoard
              key={reply.workspace.slug}
              reply={reply}
              selected={selected}
              onOpen={onOpen}
              found={found}
              ws={ws}
              ref={boardRef}
            />
          )}
        </Watched>
      </div>
      <PrintSheet reply={reply} />
    </div>
  );
}
