import { useState } from "react";
import { useReaders } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Field } from "../../kit/Field.tsx";
import { MenuItem, Popover } from "../../kit/Popover.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import preview from "./preview.module.css";

interface ReaderPickProps {
  ws: string;
  reader: string;
  onReader: (contact: string) => void;
}

/** Whom the mail is filled in for: nobody in particular, or somebody real. */
export function ReaderPick({ ws, reader, onReader }: ReaderPickProps) {
  const { t } = useLanguage();
  const [name, setName] = useState("");
  return (
    <Popover
      label={t("mail.reader")}
      align="end"
      className={preview.reader}
      trigger={(wires) => (
        <ChipButton {...wires} icon="person" opens on={reader !== ""}>
          {reader ? name : t("mail.reader.nobody")}
        </ChipButton>
      )}
    >
      {(close) => (
        <Readers
          ws={ws}
          onChoose={(id, chosen) => {
            setName(chosen);
            onReader(id);
            close();
          }}
        />
      )}
    </Popover>
  );
}

function Readers({ ws, onChoose }: { ws: string; onChoose: (id: string, name: string) => void }) {
  const { t } = useLanguage();
  const [search, setSearch] = useState("");
  const found = useReaders(ws, useSettled(search, 250));
  return (
    <div className={preview.readers}>
      <Field
        label={t("mail.reader.search")}
        value={search}
        onChange={(e) => setSearch(e.target.value)}
      />
      <MenuItem onClick={() => onChoose("", "")}>{t("mail.reader.nobody")}</MenuItem>
      {found.data?.contacts.map((one) => (
        <MenuItem key={one.id} onClick={() => onChoose(one.id, one.name || one.address)}>
          {one.name || one.address}
          <small className="quiet">{one.name ? one.address : ""}</small>
        </MenuItem>
      ))}
      {found.data?.contacts.length === 0 && <p className="quiet">{t("mail.reader.none")}</p>}
    </div>
  );
}
