import createClient from "openapi-fetch";
import type { paths } from "./schema";
import type { Problem } from "./types.ts";

/** The API, typed. Screens use it through the hooks beside this file. */
export const api = createClient<paths>({ baseUrl: "/" });

let pass = "";

/** From now on every request carries the pass that telling the password of a page gave; "" for none. */
export function carryPass(given: string): void {
  pass = given;
}

// What goes wrong is told in the language of the screen, also by operations that are not asked in one.
api.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", document.documentElement.lang || "ja");
    if (pass) request.headers.set("View-Pass", pass);
    return request;
  },
});

/** The server refused: what happened, and per place what to do. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
  }
}

/** What the server said about one place of the request, such as "body.email". */
export function problemAt(error: unknown, place: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.problem.errors?.find((one) => one.location === place)?.message;
}

/** Turns a reply into its data, or throws an ApiError. */
export async function take<T>(
  reply: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await reply;
  if (!response.ok) throw new ApiError(response.status, asProblem(error));
  return data as T;
}

function asProblem(error: unknown): Problem {
  if (error && typeof error === "object") return error as Problem;
  return typeof error === "string" && error ? { detail: error } : {};
}

/**
 * Sends a file as it is (openapi-fetch would make JSON of it) and tells how much has left.
 * Resolves with the parsed reply; aborts with the signal.
 */
export function sendFile<T>(
  url: string,
  file: Blob,
  onProgress?: (share: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept-Language", document.documentElement.lang || "ja");
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status < 300) resolve(request.response as T);
      else reject(new ApiError(request.status, asProblem(request.response)));
    };
    request.onerror = () => reject(new TypeError("network"));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
