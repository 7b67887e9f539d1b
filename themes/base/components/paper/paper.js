// Before a form is printed: is it filled in, or a sheet for the pen? Boxes of the browser's own tell only script.
addEventListener("beforeprint",function(){
  var form=document.querySelector("form[data-form]"),any=false;
  if(!form)return;
  form.querySelectorAll("input,select,textarea").forEach(function(c){
    var filled=/radio|checkbox/.test(c.type)?c.checked!=c.defaultChecked:c.tagName=="SELECT"?c.selectedIndex>0:c.type!="hidden"&&c.value!=c.defaultValue;
    any=any||filled;
    c.toggleAttribute("data-filled",filled);
  });
  form.toggleAttribute("data-answered",any);
});
