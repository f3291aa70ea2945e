/// IMS QTI 2.1: a content package with an item a file, as learning platforms import it.
package enum QTIExport {
    /// The zip archive.
    package static func package(_ topics: [QuizTopic]) -> [UInt8] {
        var zip = ZipWriter()
        let items = topics.flatMap(\.items)
        zip.add("imsmanifest.xml", manifest(items))
        for item in items { zip.add("\(item.id).xml", QTIItem(item).xml) }
        return zip.finished()
    }

    private static func manifest(_ items: [QuizItem]) -> String {
        let resources = items.map {
            """
                <resource identifier="r-\($0.id)" type="imsqti_item_xmlv2p1" href="\($0.id).xml">
                  <file href="\($0.id).xml"/>
                </resource>

            """
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <manifest identifier="ws101" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1">
              <metadata>
                <schema>QTIv2.1 Package</schema>
                <schemaversion>1.0.0</schemaversion>
              </metadata>
              <organizations/>
              <resources>
            \(resources.joined())  </resources>
            </manifest>

            """
    }
}
