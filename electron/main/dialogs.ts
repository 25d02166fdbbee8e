import { app, dialog, type BrowserWindow } from 'electron'
import { faultText } from '../../shared/kernel/faults.ts'
import type { Fault } from '../../shared/kernel/result.ts'

/** The system's language is not known before the app is ready; then it is the product's own. */
const isVietnamese = (): boolean => app.getLocale() === '' || app.getLocale().startsWith('vi')

/** Tells why the program cannot start. Works before any window. */
export const tellFault = (fault: Fault): void => {
  const { vi, en } = faultText(fault)
  dialog.showErrorBox('Lượng Giá', isVietnamese() ? vi : en)
}

const closing = {
  vi: {
    'not-saved': 'Một số thay đổi cuối chưa ghi được xuống đĩa.',
    'no-answer': 'Chương trình chưa ghi xong những thay đổi cuối.',
    detail: 'Nếu đóng bây giờ, vài chữ nhập sau cùng có thể chưa có trong bản sao trên đĩa.',
    stay: 'Quay lại', close: 'Vẫn đóng',
  },
  en: {
    'not-saved': 'The last changes could not be written to the disk.',
    'no-answer': 'The program has not finished writing the last changes.',
    detail: 'If you close now, the last words you typed may be missing from the copy on the disk.',
    stay: 'Go back', close: 'Close anyway',
  },
} as const

export const askToClose = async (window: BrowserWindow, why: 'not-saved' | 'no-answer'): Promise<'close' | 'stay'> => {
  const say = isVietnamese() ? closing.vi : closing.en
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning', message: say[why], detail: say.detail, buttons: [say.stay, say.close], defaultId: 0, cancelId: 0, noLink: true,
  })
  return response === 1 ? 'close' : 'stay'
}

const broken = {
  vi: { message: 'Cửa sổ làm việc gặp sự cố.', detail: 'Những gì đã ghi vẫn còn nguyên. Mở lại để làm tiếp.', again: 'Mở lại', quit: 'Thoát' },
  en: { message: 'The window ran into a problem.', detail: 'Everything that was saved is still there. Open it again to go on.', again: 'Open again', quit: 'Quit' },
} as const

export const askAfterCrash = async (window: BrowserWindow): Promise<'again' | 'quit'> => {
  const say = isVietnamese() ? broken.vi : broken.en
  const { response } = await dialog.showMessageBox(window, {
    type: 'error', message: say.message, detail: say.detail, buttons: [say.again, say.quit], defaultId: 0, cancelId: 1, noLink: true,
  })
  return response === 0 ? 'again' : 'quit'
}
