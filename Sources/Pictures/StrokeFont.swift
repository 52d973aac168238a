/// A small alphabet of pen strokes, our own, so that charts have smooth text at any size without a
/// font file.
///
/// A glyph is a list of strokes separated by blanks. A stroke is a list of points of two characters
/// each: x from 0, then y from 0 (top of the capitals) over 3 (top of the small letters) and 8 (the
/// baseline) to b (11, the descenders). `~` before a stroke makes its points the control points of
/// an open quadratic B-spline, `@` of a closed one.
enum StrokeFont {
    /// A glyph ready to draw: polylines in the units above.
    struct Glyph: Sendable {
        /// Strokes, each a list of points.
        let strokes: [[(x: Float, y: Float)]]
        /// Distance to the next glyph's origin.
        let advance: Float
    }

    /// Height of a capital letter in the units of the glyphs.
    static let capitalHeight: Float = 8

    /// The glyph of a character; characters without one get a small box.
    static func glyph(_ character: Character) -> Glyph { glyphs[character] ?? unknown }

    /// The width of a text in units, without the gap after its last glyph.
    static func width(of text: String) -> Float {
        max(0, text.reduce(0) { $0 + glyph($1).advance } - gap)
    }

    private static let gap: Float = 2.2
    private static let unknown = parse("0040480800")
    private static let glyphs: [Character: Glyph] = {
        var glyphs = strokes.mapValues(parse)
        glyphs[" "] = Glyph(strokes: [], advance: 4.2)
        return glyphs
    }()

    private static func parse(_ text: String) -> Glyph {
        let strokes = text.split(separator: " ").map(stroke)
        let right = strokes.joined().map(\.x).max() ?? 0
        return Glyph(strokes: strokes, advance: right + gap)
    }

    private static func stroke(_ text: Substring) -> [(x: Float, y: Float)] {
        let digits = text.compactMap { $0.hexDigitValue.map(Float.init) }
        let points = stride(from: 0, to: digits.count - 1, by: 2).map {
            (x: digits[$0], y: digits[$0 + 1])
        }
        switch text.first {
        case "~": return smooth(points, isClosed: false)
        case "@": return smooth(points, isClosed: true)
        default: return points
        }
    }

    /// Three rounds of corner cutting (Chaikin, 1974), which tends to the quadratic B-spline.
    private static func smooth(
        _ points: [(x: Float, y: Float)], isClosed: Bool
    ) -> [(x: Float, y: Float)] {
        var curve = points
        for _ in 0..<3 {
            var cut: [(x: Float, y: Float)] = []
            for index in curve.indices.dropLast(isClosed ? 0 : 1) {
                let from = curve[index]
                let to = curve[(index + 1) % curve.count]
                cut.append((0.75 * from.x + 0.25 * to.x, 0.75 * from.y + 0.25 * to.y))
                cut.append((0.25 * from.x + 0.75 * to.x, 0.25 * from.y + 0.75 * to.y))
            }
            curve = isClosed ? cut : points.prefix(1) + cut + points.suffix(1)
        }
        return isClosed ? curve + curve.prefix(1) : curve
    }

    private static let strokes: [Character: String] = [
        "A": "083068 1555", "B": "0008 ~00505404 ~04646808", "C": "~626000086866",
        "D": "0008 ~00606808", "E": "50000858 0444", "F": "500008 0444", "G": "~626000086865 6535",
        "H": "0008 6068 0464", "I": "0008", "J": "4045 ~45480806", "K": "0008 6005 2368",
        "L": "000858", "M": "0800357078", "N": "08006860", "O": "@00606808", "P": "0008 ~00606404",
        "Q": "@00606808 4669", "R": "0008 ~00606404 3468", "S": "~6160000464680807",
        "T": "0060 3038", "U": "0005 6065 ~05086865", "V": "003860", "W": "0028416880",
        "X": "0068 6008", "Y": "003460 3438", "Z": "00600868",
        "a": "@03434808 4348", "b": "0008 @03434808", "c": "~444303084847", "d": "4048 @03434808",
        "e": "0545 ~454303084847", "f": "~301013 1318 0333", "g": "@03434808 4349 ~494b0b0a",
        "h": "0008 ~05034345 4548", "i": "0308 0101", "j": "2329 ~292b0b 2121",
        "k": "0008 4306 1548", "l": "0008", "m": "0308 ~05033335 3538 ~35336365 6568",
        "n": "0308 ~05034345 4548", "o": "@03434808", "p": "030b @03434808", "q": "434b @03434808",
        "r": "0308 ~050333", "s": "~4443030545480807", "t": "1116 ~161838 0333",
        "u": "0306 ~06084846 4348", "v": "032843", "w": "0318345863", "x": "0348 4308",
        "y": "0328 43281b", "z": "03430848",
        "0": "@00505808", "1": "022028", "2": "~0200505308 0858", "3": "~0100505424 ~2454580807",
        "4": "48400656", "5": "500004 ~0453580807", "6": "@04545808 ~400006", "7": "005018",
        "8": "@00505404 @04545808", "9": "@00505404 ~525818",
        ".": "0808", ",": "1809", ":": "0404 0808", ";": "1414 1809", "-": "0535", "–": "0555",
        "+": "0545 2327", "*": "2226 0335 0533", "/": "4008", "(": "~20010728", ")": "~00212708",
        "[": "20000828", "]": "00202808", "%": "6008 @00202303 @45656848", "=": "0444 0646",
        "<": "420548", ">": "024508", "_": "0949", "!": "0005 0808", "?": "~020040432426 2828",
        "'": "0002", "\"": "0002 2022", "#": "2018 5048 0363 0555", "°": "@00202202", "|": "0009",
        "×": "0448 4408", "µ": "030b ~06084846 4348", "²": "~0100202204 0424",
        "&": "6812 ~12104042 4205 ~05084865",
    ]
}
