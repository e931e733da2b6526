import type { MapReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { IconButton } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { MenuItem, Popover } from "../../kit/Popover.tsx";
import { useToast } from "../../kit/Toast.tsx";

/** Copies or saves the map as a picture. The drawing's code is loaded when it is wanted. */
export function PictureMenu({ reply }: { reply: MapReply }) {
  const { t, lang } = useLanguage();
  const say = useToast();

  async function make(use: "copy" | "save") {
    try {
      const [{ svgText, copyPicture, savePicture }, { MapPicture }] = await Promise.all([
        import("./picture.tsx"),
        import("./MapPicture.tsx"),
      ]);
      const svg = svgText(<MapPicture reply={reply} made={reply.today} />, lang);
      if (use === "copy") await copyPicture(svg);
      else await savePicture(svg, `${reply.model.name} ${reply.as_of}.png`);
      say({ text: t(use === "copy" ? "map.picture.copied" : "map.picture.saved") });
    } catch {
      say({ text: t("map.picture.failed") });
    }
  }

  return (
    <Popover
      above
      align="end"
      label={t("map.picture")}
      trigger={(wires) => <IconButton icon="picture" label={t("map.picture")} {...wires} />}
    >
      {(close) => (
        <>
          <MenuItem
            icon={<Icon name="copy" />}
            onClick={() => {
              close();
              void make("copy");
            }}
          >
            {t("map.picture.copyMap")}
          </MenuItem>
          <MenuItem
            icon={<Icon name="download" />}
            onClick={() => {
              close();
              void make("save");
            }}
          >
            {t("map.picture.saveMap")}
          </MenuItem>
        </>
      )}
    </Popover>
  );
}
