import ArgumentParser
import Catalog
import Cube

/// A box in degrees: `WEST,SOUTH,EAST,NORTH`; WEST may be greater than EAST, across 180 degrees.
struct SearchArea: ExpressibleByArgument, Equatable {
    /// One box, or two where the area crosses the 180th meridian.
    let boxes: [GeographicBounds]

    /// Reads the text; nil where it is no area on Earth.
    init?(argument: String) {
        let fields = argument.split(separator: ",", omittingEmptySubsequences: false)
        let edges = fields.compactMap { Double($0.drop { $0 == " " }) }
        guard fields.count == 4, edges.count == 4,
            let boxes = CubeQuery.boxes(
                west: edges[0], south: edges[1], east: edges[2], north: edges[3])
        else { return nil }
        self.boxes = boxes
    }
}
