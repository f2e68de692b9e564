// Any bytes: refused, or read to the end and written back the same.
#include "base/check.h"
#include "crypto/crypto.h"

using namespace jingwei;
using namespace jingwei::crypto;

namespace {

void copy_item(CborReader& reader, CborWriter& writer) {
  switch (reader.peek()) {
    case CborReader::Kind::integer: writer.integer(reader.integer()); return;
    case CborReader::Kind::bytes: writer.bytes(reader.bytes()); return;
    case CborReader::Kind::text: writer.text(reader.text()); return;
    case CborReader::Kind::boolean: writer.boolean(reader.boolean()); return;
    case CborReader::Kind::null: reader.null(); writer.null(); return;
    case CborReader::Kind::tag: writer.tag(reader.tag()); return copy_item(reader, writer);
    case CborReader::Kind::array: {
      const std::size_t items = reader.array();
      writer.array(items);
      for (std::size_t i = 0; i < items; ++i) copy_item(reader, writer);
      return;
    }
    case CborReader::Kind::map: {
      const std::size_t pairs = reader.map();
      writer.map(pairs);
      for (std::size_t i = 0; i < 2 * pairs; ++i) copy_item(reader, writer);
      return;
    }
    case CborReader::Kind::end: CHECK(false);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  try {
    CborReader reader(bytes);
    CborWriter writer;
    copy_item(reader, writer);
    reader.expect_end();
    CHECK(writer.take() == Bytes(bytes.begin(), bytes.end()));
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed);
  }
  return 0;
}
