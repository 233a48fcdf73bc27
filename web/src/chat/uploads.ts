/** Files on their way to the server, with progress. XMLHttpRequest, because fetch cannot report an upload's progress. */

import { useCallback, useRef, useState } from "react";
import { useApi } from "../api/ApiContext";
import type { ApiClient } from "../api/client";
import { Problem, Unreachable, sentence, type ProblemDetails } from "../api/problem";
import type { UploadedFile } from "../api/types";
import { newId } from "./message";

export interface Upload { key: string; name: string; size: number; progress: number; file: UploadedFile | null; error: string | null }

export const largestFile = 25 * 1024 * 1024;

export function useUploads() {
  const api = useApi();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const requests = useRef(new Map<string, XMLHttpRequest>());

  const change = useCallback((key: string, fields: Partial<Upload>) => {
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...fields } : upload)));
  }, []);

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        const key = newId();
        const tooLarge = file.size > largestFile;
        const error = tooLarge ? "Larger than 25 MB. Split it, or send fewer rows." : file.size === 0 ? "This file is empty." : null;
        setUploads((all) => [...all, { key, name: file.name, size: file.size, progress: 0, file: null, error }]);
        if (error) continue;
        void upload(api, file, (progress) => change(key, { progress }), (request) => requests.current.set(key, request))
          .then((done) => change(key, { file: done, progress: 1 }))
          .catch((reason: unknown) => change(key, { error: sentence(reason) }))
          .finally(() => requests.current.delete(key));
      }
    },
    [api, change],
  );

  const remove = useCallback((key: string) => {
    requests.current.get(key)?.abort();
    setUploads((all) => all.filter((one) => one.key !== key));
  }, []);

  /** Files the server has already, as when a message is edited and sent again. */
  const adopt = useCallback((files: UploadedFile[]) => {
    setUploads((all) => [
      ...all.filter((one) => !files.some((file) => file.fileId === one.file?.fileId)),
      ...files.map((file) => ({ key: file.fileId, name: file.name ?? "Attached file", size: file.size ?? 0, progress: 1, file, error: null })),
    ]);
  }, []);

  const clear = useCallback(() => setUploads((all) => all.filter((one) => one.error !== null)), []);
  return { uploads, add, adopt, remove, clear };
}

async function upload(
  api: ApiClient, file: File, onProgress: (share: number) => void, onStart: (request: XMLHttpRequest) => void, again = true,
): Promise<UploadedFile> {
  const token = await api.currentToken();
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = new XMLHttpRequest();
    onStart(request);
    request.open("POST", api.address("/api/uploads"));
    if (token) request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(new Error("The upload was stopped."));
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
  if (status === 401 && again && (await api.renewOnce())) return upload(api, file, onProgress, onStart, false);
  if (status >= 400) throw new Problem(status, details(text));
  return JSON.parse(text) as UploadedFile;
}

function details(text: string): ProblemDetails {
  try {
    return JSON.parse(text) as ProblemDetails;
  } catch {
    return {};
  }
}
