/** Finds room for labels on a map, one after the other, so that no two lie on each other. */

export interface Box {
  /** Middle, in pixels. */
  x: number
  y: number
  wide: number
  tall: number
}

export interface LabelRoom {
  /**
   * The first of the boxes that is free and lies on the map; it is then taken. Null where there is none, or, with
   * `always`, the first of all.
   */
  take(boxes: readonly Box[], always: true): Box
  take(boxes: readonly Box[], always?: false): Box | null
  /** Keeps labels off. */
  block(box: Box): void
}

export function labelRoom(width: number, height: number): LabelRoom {
  const taken: Box[] = []
  const onMap = ({ x, y, wide, tall }: Box) =>
    x - wide / 2 >= 0 && x + wide / 2 <= width && y - tall / 2 >= 0 && y + tall / 2 <= height
  const isFree = (box: Box) =>
    onMap(box) &&
    !taken.some(
      other =>
        Math.abs(other.x - box.x) < (other.wide + box.wide) / 2 &&
        Math.abs(other.y - box.y) < (other.tall + box.tall) / 2,
    )
  function take(boxes: readonly Box[], always: true): Box
  function take(boxes: readonly Box[], always?: false): Box | null
  function take(boxes: readonly Box[], always = false): Box | null {
    const box = boxes.find(isFree) ?? (always ? (boxes.find(onMap) ?? boxes[0]!) : null)
    if (box) taken.push(box)
    return box
  }
  return { take, block: box => taken.push(box) }
}
