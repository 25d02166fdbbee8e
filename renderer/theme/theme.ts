import { createTheme } from '@mantine/core'
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core'

/** The one accent: a quiet pine green. Shade 7 on white and shade 6 under white text both pass 4.5:1. */
const pine: MantineColorsTuple = ['#eef6f4', '#dbebe7', '#b9d7d0', '#90bfb5', '#67a599', '#438a7d', '#2c7468', '#235f56', '#1c4d46', '#143a35']
/** For what removes or refuses: a brick red that does not shout. */
const red: MantineColorsTuple = ['#fcedec', '#f8dcda', '#f0c6c3', '#f2a19b', '#e28078', '#cf5b53', '#bf3a32', '#b3261e', '#a3221b', '#7a1913']
const gray: MantineColorsTuple = ['#f8f9f9', '#f1f3f3', '#e6e9e9', '#d8dcdc', '#bcc2c3', '#929a9c', '#6a7376', '#4b5457', '#2f3739', '#1b2123']
const dark: MantineColorsTuple = ['#d3d9da', '#b3bcbe', '#98a2a5', '#626d70', '#40494c', '#30383b', '#252c2e', '#1b2123', '#161b1d', '#111516']

const families = "'Inter Variable', Inter, 'Segoe UI', 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"

/** Theme of the product: spacing and sizes here, surfaces and lines as `--lg-*` variables below. */
export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine, red, gray, dark },
  black: '#1b2123',
  fontFamily: families,
  fontFamilyMonospace: "'Cascadia Mono', 'DejaVu Sans Mono', Consolas, monospace",
  headings: {
    fontFamily: families,
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '26px', lineHeight: '1.25' },
      h2: { fontSize: '19px', lineHeight: '1.35' },
      h3: { fontSize: '16px', lineHeight: '1.4' },
      h4: { fontSize: '15px', lineHeight: '1.45' },
    },
  },
  fontSizes: { xs: '13px', sm: '14px', md: '15px', lg: '17px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.55', lg: '1.6', xl: '1.65' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '36px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Modal: { defaultProps: { centered: true, yOffset: '3vh', radius: 'lg', padding: 'lg', overlayProps: { backgroundOpacity: 0.35 } } },
    // The placeholder is no item, which a menu may not contain; the first item gets the focus instead.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // Words that fade between two colours are for a moment too pale to read.
    SegmentedControl: { defaultProps: { transitionDuration: 0 } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    InputWrapper: { styles: { label: { fontWeight: 560, marginBottom: '4px' }, description: { marginBottom: '6px', fontSize: '13px', lineHeight: 1.4 }, error: { fontSize: '13px' } } },
    // Browsers keep what stands in fields, in clear, to restore pages after a crash; not in fields that say off.
    TextInput: { defaultProps: { size: 'sm', autoComplete: 'off' } },
    Textarea: { defaultProps: { size: 'sm', autoComplete: 'off' } },
    Select: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
  },
})

/** Surfaces, lines and texts of the two schemes; style sheets use only these, never a raw colour. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--lg-rail': '216px',
    '--lg-content': '1080px',
  },
  light: {
    '--mantine-color-body': '#fbfbfa',
    '--mantine-color-text': '#1b2123',
    '--mantine-color-dimmed': '#586265',
    '--mantine-color-placeholder': '#6f797c',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-pine-light': '#e4f0ed',
    '--mantine-color-pine-light-hover': '#d7e8e3',
    '--mantine-color-pine-light-color': '#1c4d46',
    '--mantine-color-red-light': '#fcedec',
    '--mantine-color-red-light-hover': '#f8dcda',
    '--mantine-color-red-light-color': '#b3261e',
    '--lg-ground': '#f4f5f4',
    '--lg-surface': '#ffffff',
    '--lg-raised': '#ffffff',
    '--lg-sunken': '#f4f5f4',
    '--lg-line': '#e3e6e5',
    '--lg-line-strong': '#cbd1d0',
    '--lg-text': '#1b2123',
    '--lg-muted': '#586265',
    '--lg-accent': '#235f56',
    '--lg-accent-soft': '#e9f3f0',
    '--lg-accent-line': '#b9d7d0',
    '--lg-good': '#22663c',
    '--lg-good-soft': '#e8f4ec',
    '--lg-warn': '#7d4f00',
    '--lg-warn-soft': '#fdf3e0',
    '--lg-warn-line': '#eed6a6',
    '--lg-bad': '#b3261e',
    '--lg-bad-soft': '#fcedec',
    '--lg-bad-line': '#f0c6c3',
    '--lg-shadow': '0 1px 2px rgb(20 30 30 / 5%), 0 8px 24px rgb(20 30 30 / 6%)',
  },
  dark: {
    '--mantine-color-body': '#161b1d',
    '--mantine-color-text': '#e2e7e7',
    '--mantine-color-dimmed': '#a3adaf',
    '--mantine-color-placeholder': '#8a9598',
    '--mantine-color-error': '#f2a19b',
    '--mantine-color-anchor': '#90bfb5',
    '--mantine-color-pine-light': '#1f3833',
    '--mantine-color-pine-light-hover': '#26453f',
    '--mantine-color-pine-light-color': '#9fd3c8',
    '--mantine-color-red-light': '#371f1e',
    '--mantine-color-red-light-hover': '#452726',
    '--mantine-color-red-light-color': '#f2a19b',
    '--lg-ground': '#111516',
    '--lg-surface': '#1b2123',
    '--lg-raised': '#222a2c',
    '--lg-sunken': '#161b1d',
    '--lg-line': '#2d3639',
    '--lg-line-strong': '#414c50',
    '--lg-text': '#e2e7e7',
    '--lg-muted': '#a3adaf',
    '--lg-accent': '#8cc5b9',
    '--lg-accent-soft': '#1d302d',
    '--lg-accent-line': '#31544d',
    '--lg-good': '#8fd0a5',
    '--lg-good-soft': '#1a2d21',
    '--lg-warn': '#e7c079',
    '--lg-warn-soft': '#322917',
    '--lg-warn-line': '#5b4a25',
    '--lg-bad': '#f2a19b',
    '--lg-bad-soft': '#371f1e',
    '--lg-bad-line': '#6b3a37',
    '--lg-shadow': '0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 30%)',
  },
})
