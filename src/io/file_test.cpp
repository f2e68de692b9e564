// Real files: what is read is what was written, and what cannot be read says so.
#include "io/file.h"

#include <gtest/gtest.h>

#include <unistd.h>

namespace jingwei::io {
namespace {

class FileTest : public ::testing::Test {
 protected:
  FileTest() { make_folders(folder_); }
  ~FileTest() override { std::filesystem::remove_all(folder_); }
  const std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("jingwei-file-test." + std::to_string(::getpid()));
};

TEST_F(FileTest, AMappedFileIsWhatWasWritten) {
  std::string content;
  for (int i = 0; i < 300'000; ++i) content += static_cast<char>(i * 7 % 251);
  for (const std::string& one : {std::string(), std::string("x"), content}) {
    write_file_atomically(folder_ / "f", one);
    EXPECT_EQ(MappedFile(folder_ / "f").content(), one);
    EXPECT_EQ(read_file(folder_ / "f"), one);
  }
}

TEST_F(FileTest, AMappedFileStaysWhatItWasWhenItIsReplaced) {
  write_file_atomically(folder_ / "f", "before");
  const MappedFile mapped(folder_ / "f");
  write_file_atomically(folder_ / "f", "after, and longer");
  EXPECT_EQ(mapped.content(), "before");
}

TEST_F(FileTest, WhatIsWrittenInPiecesIsThereWhenItIsCommitted) {
  write_file_atomically(folder_ / "f", "before");
  {
    AtomicFile file(folder_ / "f");
    file.write("af");
    file.write("ter");
    EXPECT_EQ(read_file(folder_ / "f"), "before");
    file.commit();
    EXPECT_EQ(read_file(folder_ / "f"), "after");
  }
  {
    AtomicFile file(folder_ / "f");
    file.write("never");
  }
  EXPECT_EQ(read_file(folder_ / "f"), "after");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1) << "nothing is left beside it";
  EXPECT_THROW(AtomicFile(folder_ / "absent" / "f"), FileError);
}

TEST_F(FileTest, WhatCannotBeMappedSaysWhy) {
  EXPECT_THROW(MappedFile(folder_ / "absent"), FileError);
  EXPECT_THROW(MappedFile mapped(folder_), FileError);
}

}  // namespace
}  // namespace jingwei::io
