// Okabe & Ito's colours (2008, "Color Universal Design"), which readers with any common colour blindness tell apart:
// blue by request, vermilion by thread; on dark ground their lighter fellows sky blue and orange. Form and dash repeat
// what the colour says. The ground is drawn, not transparent: GitHub's own theme may differ from the system's, which is
// what the media query follows, and a drawing must be readable then too. Viewers without media queries show the light
// version; CSS variables are avoided since fewer viewers know them.

/// The look of all plots, and the names of its styles.
enum PlotTheme {
    static let axis = "axis"
    static let grid = "grid"
    static let gap = "gap"
    static let heading = "heading"
    static let panelTitle = "panel"
    static let label = "label"
    static let note = "note"

    static let css = """
        text{font-family:system-ui,-apple-system,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif}
        .heading{font-size:17px;font-weight:600}.panel{font-size:14px;font-weight:600}.label,.note{font-size:13px}
        .axis,.grid,.gap{fill:none;stroke-width:1}.line{fill:none;stroke-width:2}.whisker{fill:none;stroke-width:2}
        .dashed{stroke-dasharray:6 4}.hollow{stroke-width:2}.dot{fill-opacity:.45}.bar{stroke:none}
        .background{fill:#fff;stroke:#d1d9e0}.heading,.panel{fill:#1f2328}.label{fill:#1f2328}.note{fill:#59636e}
        .axis,.gap{stroke:#818b98}.grid{stroke:#e2e7ec}.hollow{fill:#fff}
        .request.line,.request.whisker,.request.hollow{stroke:#0072b2}.request.bar,.request.dot,.request.solid{fill:#0072b2}
        .thread.line,.thread.whisker,.thread.hollow{stroke:#d55e00}.thread.bar,.thread.dot,.thread.solid{fill:#d55e00}
        .process.line,.process.whisker,.process.hollow{stroke:#007a5a}.process.bar,.process.dot,.process.solid{fill:#007a5a}
        .original.line{stroke:#1f2328}
        @media (prefers-color-scheme:dark){
        .background{fill:#0d1117;stroke:#3d444d}.heading,.panel{fill:#f0f6fc}.label{fill:#f0f6fc}.note{fill:#9198a1}
        .axis,.gap{stroke:#656c76}.grid{stroke:#262c34}.hollow{fill:#0d1117}
        .request.line,.request.whisker,.request.hollow{stroke:#56b4e9}.request.bar,.request.dot,.request.solid{fill:#56b4e9}
        .thread.line,.thread.whisker,.thread.hollow{stroke:#e69f00}.thread.bar,.thread.dot,.thread.solid{fill:#e69f00}
        .process.line,.process.whisker,.process.hollow{stroke:#2fc695}.process.bar,.process.dot,.process.solid{fill:#2fc695}
        .original.line{stroke:#f0f6fc}
        }
        """
}
