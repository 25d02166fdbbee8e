import { app, Menu, type MenuItemConstructorOptions } from 'electron'

const words = {
  vi: { edit: 'Soạn thảo', undo: 'Hoàn tác', redo: 'Làm lại', cut: 'Cắt', copy: 'Sao chép', paste: 'Dán', all: 'Chọn tất cả', view: 'Hiển thị', larger: 'Phóng to', smaller: 'Thu nhỏ', usual: 'Cỡ thường', full: 'Toàn màn hình', quit: 'Thoát Lượng Giá' },
  en: { edit: 'Edit', undo: 'Undo', redo: 'Redo', cut: 'Cut', copy: 'Copy', paste: 'Paste', all: 'Select all', view: 'View', larger: 'Larger', smaller: 'Smaller', usual: 'Usual size', full: 'Full screen', quit: 'Quit Lượng Giá' },
} as const

/** The menu: what text fields and eyes need, nothing that opens the program to others (no reload, no developer tools). */
export const setMenu = (): void => {
  const say = app.getLocale().startsWith('vi') ? words.vi : words.en
  const own: readonly MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ label: app.name, submenu: [{ role: 'hide' }, { type: 'separator' }, { role: 'quit', label: say.quit }] }] : []
  Menu.setApplicationMenu(Menu.buildFromTemplate([
    ...own,
    {
      label: say.edit,
      submenu: [
        { role: 'undo', label: say.undo }, { role: 'redo', label: say.redo }, { type: 'separator' },
        { role: 'cut', label: say.cut }, { role: 'copy', label: say.copy }, { role: 'paste', label: say.paste }, { role: 'selectAll', label: say.all },
      ],
    },
    {
      label: say.view,
      submenu: [
        { role: 'zoomIn', label: say.larger }, { role: 'zoomOut', label: say.smaller }, { role: 'resetZoom', label: say.usual },
        { type: 'separator' }, { role: 'togglefullscreen', label: say.full },
      ],
    },
  ]))
}
