// Vectors of many megabytes in pages of 2 MB where the system has them. A need touches a thousand documents all over the memory:
// with pages of 4 KB finding out where a page lies takes longer than reading what lies there.
#pragma once

#include <sys/mman.h>

#include <cstdlib>
#include <new>
#include <utility>
#include <vector>

namespace jingwei::match {

template <class T>
struct LargePages {
  using value_type = T;
  LargePages() = default;
  template <class U>
  LargePages(const LargePages<U>&) {}

  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < kLargeFrom) return static_cast<T*>(::operator new(bytes));
    const std::size_t whole = (bytes + kPage - 1) / kPage * kPage;
    void* const at = std::aligned_alloc(kPage, whole);
    if (at == nullptr) throw std::bad_alloc();
    // A hint: without it, or where there are none, pages are small and answers the same.
    (void)madvise(at, bytes / kPage * kPage, MADV_HUGEPAGE);
    return static_cast<T*>(at);
  }
  void deallocate(T* at, std::size_t count) {
    if (count * sizeof(T) < kLargeFrom) ::operator delete(at);
    else std::free(at);
  }
  /// What resize() adds is not cleared: who resizes fills.
  template <class U, class... Arguments>
  void construct(U* at, Arguments&&... arguments) {
    if constexpr (sizeof...(Arguments) == 0) ::new (static_cast<void*>(at)) U;
    else ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
  }
  template <class U>
  bool operator==(const LargePages<U>&) const {
    return true;
  }

 private:
  static constexpr std::size_t kPage = 2 << 20;
  static constexpr std::size_t kLargeFrom = 2 * kPage;  ///< bytes; below, what an end of a page wastes would show
};

template <class T>
using LargeVector = std::vector<T, LargePages<T>>;

}  // namespace jingwei::match
