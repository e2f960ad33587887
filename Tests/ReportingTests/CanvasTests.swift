import TestSupport
import Testing

@testable import Reporting

@Suite("plots as SVG")
struct CanvasTests {
    /// Reads a drawing as XML and checks what a reader's eye would: nothing outside, nothing tiny, nothing foreign.
    private static let inspection = """
        import sys, xml.etree.ElementTree as tree
        def inspect(data):
            root = tree.fromstring(data)
            space = '{http://www.w3.org/2000/svg}'
            width, height = float(root.get('width')), float(root.get('height'))
            assert root.get('viewBox') == '0 0 %s %s' % (root.get('width'), root.get('height'))
            assert root.find(space + 'title').text and root.find(space + 'desc').text
            allowed = {'svg', 'title', 'desc', 'style', 'rect', 'line', 'polyline', 'polygon', 'circle', 'text'}
            for element in root.iter():
                name = element.tag.replace(space, '')
                assert name in allowed, name
                assert not any(key.startswith('on') or 'href' in key for key in element.keys()), element.attrib
                for key, limit in (('x', width), ('x1', width), ('x2', width), ('cx', width),
                                   ('y', height), ('y1', height), ('y2', height), ('cy', height)):
                    if key in element.keys():
                        assert -0.01 <= float(element.get(key)) <= limit + 0.01, (name, element.attrib)
                if name == 'rect':
                    assert float(element.get('width')) >= 0 and float(element.get('height')) >= 0, element.attrib
                    assert float(element.get('y')) + float(element.get('height')) <= height + 0.01, element.attrib
                if name == 'text':
                    assert 'nan' not in element.text.lower() and 'inf' not in element.text.lower(), element.text
                    if element.get('transform') is None:
                        length = len(element.text) * 13 * 0.55
                        x = float(element.get('x'))
                        start = {'start': x, 'middle': x - length / 2, 'end': x - length}[element.get('text-anchor')]
                        assert start >= 0 and start + length <= width, (element.text, start, length)
            assert b'url(' not in data and b'@import' not in data
        for data in sys.stdin.buffer.read().split(bytes(1)):
            inspect(data)
        print('ok', end='')
        """

    @Test(
        "an independent parser finds every plot well formed, and nothing outside its frame",
        .enabled(if: Python.path != nil, Comment(rawValue: Python.whyNeeded)),
        arguments: ["puzzle", "large", "single", "hostile", "long", "huge", "tiny", "negative", "zero"])
    func wellFormed(name: String) throws {
        let summary =
            switch name {
            case "puzzle": SummaryBuilder.puzzle
            case "large": SummaryBuilder.large
            case "single": SummaryBuilder.singleTrial
            case "hostile": SummaryBuilder.hostile("<script>\"'&\u{0}\n]]>")
            case "long": SummaryBuilder.hostile(String(repeating: "long label ", count: 40))
            case "huge": SummaryBuilder.filled(with: .greatestFiniteMagnitude)
            case "tiny": SummaryBuilder.filled(with: .leastNonzeroMagnitude)
            case "negative": SummaryBuilder.filled(with: -3)
            default: SummaryBuilder.filled(with: 0)
            }
        let plots = Report(of: summary).files.filter { $0.path.hasSuffix(".svg") }
        #expect(!plots.isEmpty)
        #expect(try Python.run(Self.inspection, input: Array(plots.map(\.bytes).joined(separator: [0]))) == "ok")
    }

    @Test("coordinates have at most two decimals and no needless ones")
    func coordinates() {
        var canvas = Canvas(height: 10, title: "t", summary: "s")
        canvas.line(from: (1, 2.5), to: (1.0 / 3, -0.001), style: "axis")
        #expect(canvas.svg.contains("<line x1=\"1\" y1=\"2.5\" x2=\"0.33\" y2=\"0\" class=\"axis\"/>"))
    }

    @Test("the drawing follows the reader's light or dark page")
    func themes() {
        let svg = Canvas(height: 10, title: "t", summary: "s").svg
        #expect(svg.contains("@media (prefers-color-scheme:dark)"))
        #expect(svg.contains("class=\"background\""))
    }

    @Test("title and description are escaped")
    func escaped() {
        let svg = Canvas(height: 10, title: "<b>", summary: "a & \"b\"").svg
        #expect(svg.contains("<title id=\"title\">&lt;b&gt;</title>"))
        #expect(svg.contains("<desc id=\"description\">a &amp; &quot;b&quot;</desc>"))
    }
}
