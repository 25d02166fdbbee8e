import { useEffect, useEffectEvent, useState } from 'react'
import { isTyping } from './keys.ts'

const hasFiles = (transfer: DataTransfer | null): boolean => transfer !== null && Array.from(transfer.types).includes('Files')

/**
 * Files dropped anywhere on the page, or pasted outside a text field (pasted inside one too, when nothing but files is on
 * the clipboard). True while files hover over the page. A drop that is not wanted never makes the browser leave the page.
 */
export const useDrop = (wanted: boolean, onFiles: (files: readonly File[]) => void): boolean => {
  const [over, setOver] = useState(false)
  const take = useEffectEvent((files: readonly File[]): void => {
    if (wanted && files.length > 0) onFiles(files)
  })
  useEffect(() => {
    let depth = 0
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      depth += 1
      if (wanted) setOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setOver(false)
    }
    const hover = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = wanted ? 'copy' : 'none'
    }
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      take(Array.from(event.dataTransfer?.files ?? []))
    }
    const paste = (event: ClipboardEvent): void => {
      const files = Array.from(event.clipboardData?.files ?? [])
      if (files.length === 0 || (isTyping(event.target) && event.clipboardData?.types.includes('text/plain') === true)) return
      event.preventDefault()
      take(files)
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragover', hover)
    window.addEventListener('drop', drop)
    window.addEventListener('paste', paste)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragover', hover)
      window.removeEventListener('drop', drop)
      window.removeEventListener('paste', paste)
    }
  }, [wanted])
  return over
}
