/** Reading timetables, and changing one. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import type { Grid, Lesson, Place, Slot } from "./week";

/** The whole week of a timetable ("current" is the one in force), as far as this person may see it. */
export function useGrid(timetable: string) {
  const api = useApi();
  const query = timetable === "current" ? {} : { timetable };
  return useQuery({
    queryKey: ["timetable", timetable],
    queryFn: ({ signal }) => body(api.call.GET("/api/timetable/grid", { params: { query }, signal })),
    retry: false,
  });
}

export function useTimetables(watching = false) {
  const api = useApi();
  return useQuery({
    queryKey: ["timetables"],
    queryFn: ({ signal }) => body(api.call.GET("/api/timetable", { signal })),
    refetchInterval: watching ? 5_000 : false,
  });
}

/** Where a picked-up lesson could go, with what speaks against every other time. */
export function usePlaces(grid: Grid, lesson: Lesson | null) {
  const api = useApi();
  return useQuery({
    queryKey: ["timetable-places", grid.timetableId, grid.version, lesson?.key],
    queryFn: ({ signal }) => body(api.call.GET("/api/timetable/{timetable}/places", { params: { path: { timetable: grid.timetableId }, query: { lesson: lesson?.key ?? "" } }, signal })),
    enabled: lesson !== null && !lesson.locked,
    retry: false,
  });
}

export interface Changed { message: string; auditId: string | null }

export function useChanges(grid: Grid) {
  const api = useApi();
  const queries = useQueryClient();
  const params = { path: { timetable: grid.timetableId } };
  const settled = () => Promise.all([
    queries.invalidateQueries({ queryKey: ["timetable"] }),
    queries.invalidateQueries({ queryKey: ["timetables"] }),
    queries.invalidateQueries({ queryKey: ["audit"] }),
  ]);
  const move = useMutation({
    mutationFn: async ({ lesson, to }: { lesson: Lesson; to: Slot }): Promise<Changed> => {
      const sent = { lesson: { day: lesson.day, period: lesson.period, lesson: lesson.key }, ...to, makeWay: true };
      const { data, response } = await api.call.POST("/api/timetable/{timetable}/move", { params, body: sent });
      const done = data as { message: string } | undefined;
      return { message: done?.message ?? "Moved.", auditId: response.headers.get("X-Audit-Id") };
    },
    onSettled: settled,
  });
  const lock = useMutation({
    mutationFn: async ({ lesson, locked }: { lesson: Lesson; locked: boolean }): Promise<Changed> => {
      const { response } = await api.call.POST("/api/timetable/{timetable}/locks", { params, body: { locked, lessons: [lesson.key] } });
      return { message: `${lesson.label} is ${locked ? "locked: it stays when the timetable is made anew" : "unlocked"}.`, auditId: response.headers.get("X-Audit-Id") };
    },
    onSettled: settled,
  });
  const undo = useMutation({
    mutationFn: (auditId: string) => body(api.call.POST("/api/audit/{entry_id}/undo", { params: { path: { entry_id: auditId } } })),
    onSettled: settled,
  });
  return { move, lock, undo };
}

export const placeAt = (places: Place[] | undefined, at: Slot) => places?.find((place) => place.day === at.day && place.period === at.period);
