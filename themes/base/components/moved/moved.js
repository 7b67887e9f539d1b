/* The page of an old address leads on, where there is a web server: from a folder the reader follows the link. */
(function () {
  var link = document.getElementById('moved');
  if (link && location.protocol !== 'file:') location.replace(link.href + location.hash);
})();
