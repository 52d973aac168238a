/// Cutting a line into dashes.
enum ChartDash {
    /// The pieces of a line that a dashed pen draws.
    static func pieces(
        of points: [(x: Float, y: Float)], dash: Float, gap: Float
    ) -> [[(x: Float, y: Float)]] {
        guard let first = points.first else { return [] }
        var pieces: [[(x: Float, y: Float)]] = []
        var piece = [first]
        var left = dash
        var isDrawing = true
        for (from, to) in zip(points, points.dropFirst()) {
            let step = (x: to.x - from.x, y: to.y - from.y)
            let length = (step.x * step.x + step.y * step.y).squareRoot()
            var done: Float = 0
            while length - done > left {
                done += left
                let cut = (x: from.x + step.x * done / length, y: from.y + step.y * done / length)
                if isDrawing { pieces.append(piece + [cut]) }
                piece = [cut]
                isDrawing.toggle()
                left = isDrawing ? dash : gap
            }
            left -= length - done
            if isDrawing { piece.append(to) }
        }
        return isDrawing ? pieces + [piece] : pieces
    }
}
