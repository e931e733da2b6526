import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { Button } from "./Button.tsx";
import styles from "./Toast.module.css";

interface ToastMessage {
  text: string;
  /** What can be taken back. */
  action?: { label: string; run: () => void };
}

type Say = (message: ToastMessage) => void;

const Context = createContext<Say>(() => {});
const STAYS = 6000; // ms; long enough to read two lines and to press the button

/** Shows one short message at the foot of the screen. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState<ToastMessage | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const say = useCallback<Say>((next) => {
    clearTimeout(timer.current);
    setMessage(next);
    timer.current = setTimeout(() => setMessage(null), STAYS);
  }, []);
  const action = message?.action;
  return (
    <Context.Provider value={say}>
      {children}
      <output className={styles.place} aria-live="polite">
        {message && (
          <div className={styles.toast}>
            <span>{message.text}</span>
            {action && (
              <Button
                kind="text"
                small
                onClick={() => {
                  setMessage(null);
                  action.run();
                }}
              >
                {action.label}
              </Button>
            )}
          </div>
        )}
      </output>
    </Context.Provider>
  );
}

/** `const say = useToast(); say({ text })` */
export function useToast(): Say {
  return useContext(Context);
}
