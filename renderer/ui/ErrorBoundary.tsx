import { Component } from 'react'
import type { ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  /** Drawn instead; `again` tries to draw the children once more. */
  readonly fallback: (again: () => void) => ReactNode
  /** Told that something broke, never with what was on the screen. */
  readonly onError?: () => void
}

/** Keeps a broken screen from taking the program down with it. */
export class ErrorBoundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true }
  }

  override componentDidCatch(): void {
    this.props.onError?.()
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.fallback(() => this.setState({ broken: false })) : this.props.children
  }
}
